/** People: their accounts, roles, qualifications, delegations and absences; and the wards in which they work. */
export type { NewLink } from './accounts.ts';
export { endingLicences, endsSoon, licenceStages, type EndingLicence, type LicenceStage } from './ending-licences.ts';
export { createFirstAdministrators, type FirstAdministrator } from './first-administrators.ts';
export { passDueTasks, startPassingTasks } from './pass-tasks.ts';
export { createPeopleService, type PeopleService } from './people-service.ts';
export { assignmentStatus, assignmentStatuses, colleaguesFor, peopleWhere, type AssignmentStatus, type PeopleFilter } from './person-rows.ts';
export { PeopleRefusal } from './refusal.ts';
export { useOfWard, type WardUse } from './ward-use.ts';
