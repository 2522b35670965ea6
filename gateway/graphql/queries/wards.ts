import { useOfWard, type WardUse } from '../../people/index.ts';
import { builder } from '../builder.ts';
import { WardType } from '../types/ward.ts';

interface WardStanding extends WardUse {
  readonly wardId: string;
  readonly revision: number;
}

/** A ward with what goes on there, as administrators see it: counts alone. */
export const WardStandingType = builder.objectRef<WardStanding>('WardStanding').implement({
  description: 'A ward with what goes on there: counts alone.',
  fields: (t) => ({
    id: t.id({ resolve: ({ wardId }) => wardId }),
    ward: t.prismaField({ type: WardType, resolve: (query, { wardId }, _args, { database }) => database.prisma.ward.findUniqueOrThrow({ ...query, where: { id: wardId } }) }),
    revision: t.exposeInt('revision', { description: 'To be expected by whoever changes it.' }),
    patients: t.exposeInt('patients', { description: 'In-patients now.' }),
    occupiedBeds: t.exposeInt('occupiedBeds', { description: 'Beds in which they lie.' }),
    openTasks: t.exposeInt('openTasks'),
    openCases: t.exposeInt('openCases', { description: 'Process instances of the ward that have not ended.' }),
    roleAssignments: t.exposeInt('roleAssignments', { description: 'Not ended, also those that lie ahead.' }),
    people: t.exposeInt('people', { description: 'Whose assignments these are.' }),
  }),
});

builder.queryField('wardStandings', (t) =>
  t.field({
    type: [WardStandingType],
    description: 'All wards by code, closed ones as well.',
    resolve: async (_root, _args, { database }) => {
      const wards = await database.prisma.ward.findMany({ select: { id: true, revision: true }, orderBy: { id: 'asc' } });
      const use = await useOfWard(database.prisma, wards.map(({ id }) => id));
      return wards.flatMap(({ id, revision }) => {
        const found = use.get(id);
        return found === undefined ? [] : [{ wardId: id, revision, ...found }];
      });
    },
  }),
);
