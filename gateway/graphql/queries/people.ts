import { z } from 'zod';
import { colleaguesFor, peopleWhere } from '../../people/index.ts';
import { builder } from '../builder.ts';
import { checkPage } from '../page.ts';
import { AssigneeType } from '../types/actor.ts';
import { OwnRolesType } from '../types/own-roles.ts';
import { PersonRoleEnum, PersonShow, PersonType } from '../types/person.ts';

const search = { validate: z.string().max(200), description: 'Words that all have to be in name, user name or staff number.' } as const;

builder.queryField('people', (t) =>
  t.prismaConnection({
    type: PersonType,
    cursor: 'id',
    description: 'People with an account, by name.',
    args: {
      search: t.arg.string(search),
      unit: t.arg.string({ description: 'Those who have a role in the ward that has not ended; it may lie ahead.' }),
      role: t.arg({ type: PersonRoleEnum }),
      show: t.arg({ type: PersonShow }),
    },
    totalCount: async (_connection, args, { database }) => database.prisma.user.count({ where: await peopleWhere(database, args) }),
    resolve: async (query, _root, args, { database }) => {
      checkPage(args, 'text');
      return database.prisma.user.findMany({ ...query, where: await peopleWhere(database, args), orderBy: [{ name: 'asc' }, { id: 'asc' }] });
    },
  }),
);

builder.queryField('person', (t) =>
  t.prismaField({ type: PersonType, nullable: true, args: { id: t.arg.id({ required: true }) }, resolve: (query, _root, { id }, { database }) => database.prisma.user.findUnique({ ...query, where: { id } }) }),
);

builder.queryField('colleaguesForRole', (t) =>
  t.field({
    type: [AssigneeType],
    description: 'People to whom the viewer could pass the role on: enabled, with the licence that it needs; the first fifty by name.',
    args: { role: t.arg({ type: PersonRoleEnum, required: true }), search: t.arg.string(search) },
    resolve: async (_root, { role, search: words }, { database, viewer }) => [...(await colleaguesFor(database, { role, except: viewer.id, search: words ?? undefined }))],
  }),
);

builder.queryField('ownRoles', (t) => t.field({ type: OwnRolesType, resolve: (_root, _args, { viewer }) => ({ userId: viewer.id }) }));
