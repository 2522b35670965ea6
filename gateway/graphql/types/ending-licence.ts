import { licenceStages, type EndingLicence, type LicenceStage } from '../../people/index.ts';
import { builder } from '../builder.ts';
import { AssigneeType } from './actor.ts';
import { RoleAssignmentType } from './person.ts';

/** `within7Days` is `WITHIN_7_DAYS` in the schema. */
const enumName = (stage: LicenceStage): string => stage.replaceAll(/\d+|[A-Z]/g, (part) => `_${part}`).toUpperCase();

export const LicenceStageEnum = builder.enumType('LicenceStage', { description: 'How near the end of a licence is, by days of the hospital’s calendar.', values: Object.fromEntries(licenceStages.map((stage) => [enumName(stage), { value: stage }])) as Record<string, { value: LicenceStage }> });

/** A licence that ends within sixty days or has ended, and what its person loses by that. */
export const EndingLicenceType = builder.objectRef<EndingLicence>('EndingLicence').implement({
  description: 'A licence that ends within sixty days or has ended, and that no other one of the same person replaces.',
  fields: (t) => ({
    id: t.id({ resolve: ({ qualificationId }) => qualificationId }),
    person: t.field({ type: AssigneeType, resolve: ({ userId }) => ({ id: userId }) }),
    code: t.exposeString('code', { description: 'physician-licence | nurse-licence | pharmacist-licence' }),
    identifier: t.exposeString('identifier', { nullable: true, description: 'Number of the certificate.' }),
    validUntil: t.expose('validUntil', { type: 'DateTime', description: 'From then on it does not hold, nor do the roles that need it.' }),
    stage: t.expose('stage', { type: LicenceStageEnum }),
    daysLeft: t.exposeInt('daysLeft', { description: 'Days of the hospital’s calendar until the last one on which it holds: 0 on that day, negative after it.' }),
    losses: t.field({
      type: [RoleAssignmentType],
      description: 'The role assignments that give no right after it: the person’s that need it, and what was passed on of them.',
      resolve: async ({ assignmentIds }, _args, { loaders }) => (await Promise.all(assignmentIds.map((id) => loaders.roleAssignment(id)))).filter((found) => found !== undefined),
    }),
  }),
});
