/** People: their accounts, roles, qualifications, delegations and absences. */
export type { NewLink } from './accounts.ts';
export { createFirstAdministrators, type FirstAdministrator } from './first-administrators.ts';
export { passDueTasks, startPassingTasks } from './pass-tasks.ts';
export { createPeopleService, type PeopleService } from './people-service.ts';
export { assignmentStatus, assignmentStatuses, colleaguesFor, expiresSoon, peopleWhere, type AssignmentStatus, type PeopleFilter } from './person-rows.ts';
export { PeopleRefusal } from './refusal.ts';
