import type { Carer } from '../../patient-access/index.ts';
import { builder } from '../builder.ts';
import { AssigneeType } from './actor.ts';
import { LocalizedTextType } from './localized-text.ts';

export const CareTeamReasonCodeEnum = builder.enumType('CareTeamReasonCode', {
  values: {
    CONSULTATION: { value: 'consultation', description: '会诊' },
    TRANSFER: { value: 'transfer', description: '转科' },
    FOLLOW_UP: { value: 'follow-up', description: '随访' },
  } as const,
});

export const LabelCodeEnum = builder.enumType('SensitivityLabelCode', {
  description: 'HL7 v3 ActInformationSensitivityPolicy.',
  values: { HIV: { description: 'HIV' }, PSY: { description: '精神卫生' }, CEL: { description: '公众人物' } } as const,
});

/** A carer from elsewhere who has a care relationship to a patient for a time. */
export const CareTeamMemberType = builder.prismaObject('CareTeamMember', {
  fields: (t) => ({
    id: t.exposeID('id'),
    person: t.field({ type: AssigneeType, resolve: ({ userId }) => ({ id: userId }) }),
    // The column holds no other value.
    reasonCode: t.field({ type: CareTeamReasonCodeEnum, resolve: ({ reasonCode }) => reasonCode as 'consultation' }),
    validFrom: t.expose('validFrom', { type: 'DateTime' }),
    validUntil: t.expose('validUntil', { type: 'DateTime' }),
    addedBy: t.field({ type: AssigneeType, resolve: ({ addedBy }) => ({ id: addedBy }) }),
    endedAt: t.expose('endedAt', { type: 'DateTime', nullable: true }),
  }),
});

/** A label of sensitivity on a patient. */
export const SensitivityLabelType = builder.prismaObject('SensitivityLabel', {
  fields: (t) => ({
    id: t.exposeID('id'),
    // The column holds no other value.
    code: t.field({ type: LabelCodeEnum, resolve: ({ code }) => code as 'HIV' }),
    reason: t.exposeString('reason'),
    setBy: t.field({ type: AssigneeType, resolve: ({ setBy }) => ({ id: setBy }) }),
    setAt: t.expose('setAt', { type: 'DateTime' }),
  }),
});

/** Who can come into a care team. */
export const CarerType = builder.objectRef<Carer>('Carer').implement({
  description: 'Who can come into a care team.',
  fields: (t) => ({
    id: t.exposeString('id'),
    displayName: t.exposeString('displayName'),
    roles: t.stringList({ resolve: ({ roles }) => [...roles] }),
    unitName: t.field({ type: LocalizedTextType, nullable: true, resolve: async ({ unit }, _args, { loaders }) => (unit === null ? null : ((await loaders.wardName(unit)) ?? null)) }),
  }),
});
