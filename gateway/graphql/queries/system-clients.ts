import { builder } from '../builder.ts';
import { SystemClientType } from '../types/system-client.ts';

builder.queryField('systemClients', (t) =>
  t.field({
    type: [SystemClientType],
    description: 'All systems that may connect or could, by name; the revoked ones last.',
    resolve: (_root, _args, { database }) => database.prisma.systemClient.findMany({ include: { credentials: true }, orderBy: [{ revokedAt: { sort: 'asc', nulls: 'first' } }, { name: 'asc' }] }),
  }),
);

builder.queryField('systemClient', (t) =>
  t.field({
    type: SystemClientType,
    nullable: true,
    args: { id: t.arg.id({ required: true }) },
    resolve: (_root, { id }, { database }) => database.prisma.systemClient.findUnique({ where: { id }, include: { credentials: true } }),
  }),
);
