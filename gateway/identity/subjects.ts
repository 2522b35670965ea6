import type { SubjectType } from './policy/types.ts';
import type { Subject } from './relations.ts';

type TaskOfSubject = NonNullable<Subject['task']>;

/** The columns of each type's rows that decide who is related to them. */
export interface SubjectRows {
  readonly Patient: { readonly id: string };
  readonly ProcessInstance: { readonly id: string; readonly patientId: string | null; readonly unit: string | null; readonly startedBy: string };
  readonly Task: { readonly instanceId: string; readonly patientId: string | null; readonly unit: string | null } & TaskOfSubject;
  readonly Alert: { readonly patientId: string; readonly unit: string | null };
  readonly Decision: { readonly patientId: string | null; readonly instanceId: string | null };
  readonly AuditEntry: { readonly patientId: string | null; readonly instanceId: string | null; readonly action: string };
}

/** Types of which a row at hand says to whom it belongs; an incident is judged with its case. */
export type RowType = keyof SubjectRows;

const readers: { readonly [Type in RowType]: (row: SubjectRows[Type]) => Subject } = {
  Patient: ({ id }) => ({ patientId: id }),
  ProcessInstance: ({ id, patientId, unit, startedBy }) => ({ patientId, instanceId: id, unit, startedBy }),
  Task: ({ instanceId, patientId, unit, candidateRoles, status, assignee, completedBy, performedBy, endedAt }) => ({ patientId, instanceId, unit, task: { candidateRoles, status, assignee, completedBy, performedBy, endedAt } }),
  Alert: ({ patientId, unit }) => ({ patientId, unit }),
  Decision: ({ patientId, instanceId }) => ({ patientId, instanceId }),
  AuditEntry: ({ patientId, instanceId, action }) => ({ patientId, instanceId, action }),
};

/** To whom a row belongs. */
export function subjectOf<Type extends RowType>(type: Type, row: SubjectRows[Type]): Subject {
  return readers[type](row);
}

/** Whether rows of the type say to whom they belong. */
export function isRowType(type: SubjectType | string): type is RowType {
  return type in readers;
}
