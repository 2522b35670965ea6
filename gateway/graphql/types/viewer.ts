import { builder } from '../builder.ts';
import { AssigneeType } from './actor.ts';
import { LocalizedTextType } from './localized-text.ts';
import type { Viewer, ViewerRole } from '../../identity/viewer.ts';

const ViewerRoleType = builder.objectRef<ViewerRole>('ViewerRole').implement({
  description: 'A role that the viewer has now.',
  fields: (t) => ({
    role: t.exposeString('role'),
    unit: t.string({ nullable: true, description: 'The ward; null in the whole hospital.', resolve: ({ unit }) => unit ?? null }),
    unitName: t.field({ type: LocalizedTextType, nullable: true, resolve: async ({ unit }, _args, { loaders }) => (unit === undefined ? null : ((await loaders.wardName(unit)) ?? null)) }),
    onBehalfOf: t.field({ type: AssigneeType, nullable: true, description: 'For whom the viewer acts with it, as a delegate or substitute.', resolve: ({ onBehalfOf }) => (onBehalfOf === undefined ? null : { id: onBehalfOf }) }),
  }),
});

/** Who asks. */
export const ViewerType = builder.objectRef<Viewer>('Viewer').implement({
  description: 'Who asks: a signed-in person, or a system with a token.',
  fields: (t) => ({
    id: t.exposeID('id'),
    username: t.exposeString('username'),
    displayName: t.exposeString('displayName'),
    kind: t.exposeString('kind', { description: 'person | system' }),
    roles: t.stringList({ resolve: (viewer) => [...viewer.roles] }),
    unit: t.string({ nullable: true, description: 'The ward in which the viewer acts.', resolve: (viewer) => viewer.unit ?? null }),
    unitName: t.field({ type: LocalizedTextType, nullable: true, resolve: async (viewer, _args, { loaders }) => (viewer.unit === undefined ? null : ((await loaders.wardName(viewer.unit)) ?? null)) }),
    assignments: t.field({ type: [ViewerRoleType], resolve: ({ assignments }) => [...assignments] }),
    authenticatedBy: t.string({ nullable: true, description: 'Of a person: password | password+otp | password+backup-code | passkey | oidc | link', resolve: (viewer) => viewer.authenticatedBy ?? null }),
    authenticatedAt: t.field({ type: 'DateTime', nullable: true, description: 'Of a person: when they last proved who they are.', resolve: (viewer) => (viewer.authenticatedAt === undefined ? null : new Date(viewer.authenticatedAt)) }),
    draftKey: t.string({ nullable: true, description: 'Of a person: the key (32 bytes, base64url) with which the web app encrypts drafts on the device.', resolve: ({ id, kind }, _args, { draftKeyOf }) => (kind === 'person' ? draftKeyOf(id) : null) }),
    expiresAt: t.field({ type: 'DateTime', description: 'When the session or token ends.', resolve: (viewer) => new Date(viewer.expiresAt) }),
  }),
});

builder.queryField('viewer', (t) => t.field({ type: ViewerType, resolve: (_root, _args, { viewer }) => viewer }));
