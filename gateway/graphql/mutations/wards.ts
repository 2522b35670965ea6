import { z } from 'zod';
import { useOfWard } from '../../people/index.ts';
import { builder } from '../builder.ts';
import { WardStandingType } from '../queries/wards.ts';
import { mutationErrors } from '../types/errors.ts';
import { idempotencyKeyOptions, inputSchemas } from './inputs.ts';
import { peopleAct } from './people-act.ts';

/** Also a part of the addresses of cabinets (MQTT topics) and of messages (HL7 PV1-3): no separator of either. */
const code = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/, 'Expected 1 to 32 letters, digits, dashes and underscores, beginning with a letter or digit');
const name = z.string().trim().min(1).max(60);
const revision = z.int().min(1);

const CreateWardInput = builder.inputType('CreateWardInput', {
  fields: (t) => ({
    code: t.string({ required: true, validate: code, description: 'What messages and cabinets know the ward by; never changed.' }),
    nameZhCN: t.string({ required: true, validate: name }),
    nameEn: t.string({ required: true, validate: name }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

const RenameWardInput = builder.inputType('RenameWardInput', {
  fields: (t) => ({
    wardId: t.id({ required: true, validate: inputSchemas.id }),
    expectedRevision: t.int({ required: true, validate: revision, description: 'That the caller has seen; another one is refused (WARD_CHANGED).' }),
    nameZhCN: t.string({ required: true, validate: name }),
    nameEn: t.string({ required: true, validate: name }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

const withReason = (typeName: string) =>
  builder.inputType(typeName, {
    fields: (t) => ({
      wardId: t.id({ required: true, validate: inputSchemas.id }),
      expectedRevision: t.int({ required: true, validate: revision, description: 'That the caller has seen; another one is refused (WARD_CHANGED).' }),
      reason: t.string({ required: true, validate: inputSchemas.reason }),
      idempotencyKey: t.string(idempotencyKeyOptions),
    }),
  });
const CloseWardInput = withReason('CloseWardInput');
const ReopenWardInput = withReason('ReopenWardInput');

const wardPayload = (typeName: string) =>
  builder.objectRef<{ readonly wardId: string }>(typeName).implement({
    fields: (t) => ({
      standing: t.field({
        type: WardStandingType,
        resolve: async ({ wardId }, _args, { database }) => {
          const [{ revision: now }, use] = await Promise.all([database.prisma.ward.findUniqueOrThrow({ where: { id: wardId }, select: { revision: true } }), useOfWard(database.prisma, [wardId])]);
          const found = use.get(wardId);
          if (found === undefined) throw new Error('Expected the use of a ward that is there, but found none');
          return { wardId, revision: now, ...found };
        },
      }),
    }),
  });

builder.mutationField('createWard', (t) =>
  t.field({
    type: wardPayload('CreateWardPayload'),
    errors: { types: mutationErrors, directResult: true, union: { name: 'CreateWardResult' } },
    args: { input: t.arg({ type: CreateWardInput, required: true }) },
    resolve: (_root, { input: { nameZhCN, nameEn, ...input } }, context) => peopleAct(context, (actor) => context.peopleService.createWard({ ...input, name: { 'zh-CN': nameZhCN, en: nameEn }, actor })),
  }),
);

builder.mutationField('renameWard', (t) =>
  t.field({
    type: wardPayload('RenameWardPayload'),
    errors: { types: mutationErrors, directResult: true, union: { name: 'RenameWardResult' } },
    args: { input: t.arg({ type: RenameWardInput, required: true }) },
    resolve: (_root, { input: { nameZhCN, nameEn, ...input } }, context) => peopleAct(context, (actor) => context.peopleService.renameWard({ ...input, name: { 'zh-CN': nameZhCN, en: nameEn }, actor })),
  }),
);

builder.mutationField('closeWard', (t) =>
  t.field({
    type: wardPayload('CloseWardPayload'),
    description: 'Closes a ward in which nothing goes on any more; refused (WARD_IN_USE) with how many of what stand in the way.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'CloseWardResult' } },
    args: { input: t.arg({ type: CloseWardInput, required: true }) },
    resolve: (_root, { input }, context) => peopleAct(context, (actor) => context.peopleService.closeWard({ ...input, actor })),
  }),
);

builder.mutationField('reopenWard', (t) =>
  t.field({
    type: wardPayload('ReopenWardPayload'),
    errors: { types: mutationErrors, directResult: true, union: { name: 'ReopenWardResult' } },
    args: { input: t.arg({ type: ReopenWardInput, required: true }) },
    resolve: (_root, { input }, context) => peopleAct(context, (actor) => context.peopleService.reopenWard({ ...input, actor })),
  }),
);
