import { defineDocument } from '../graphql/client.ts';
import { errorFields, localized, pageFields, taskFields } from '../graphql/fragments.ts';
import type { Connection, Task } from '../graphql/model.ts';

export type TasksVariables = { first: number; after: string | null; mine: boolean | null; patientId: string | null };

/** Open tasks that the viewer may do, the most urgent first. */
export const tasksDocument = defineDocument<{ tasks: Connection<Task> }, TasksVariables>(`
  query Tasks($first: Int!, $after: String, $mine: Boolean, $patientId: ID) {
    tasks(first: $first, after: $after, mine: $mine, patientId: $patientId, status: "open") { totalCount edges { node { ${taskFields} } } ${pageFields} }
  }
`);

export const taskDocument = defineDocument<{ task: Task | null }, { id: string }>(`
  query Task($id: ID!) { task(id: $id) { ${taskFields} form { schema uiSchema title ${localized} } } }
`);

/** Carries ids only: the list is read again, so that what is shown is always the server's own answer. */
export const tasksChangedSubscription = `subscription TasksChanged($after: String) { tasksChanged(after: $after) { cursor taskId } }`;

export interface TasksChange {
  readonly cursor: string;
  readonly taskId: string | null;
}

export const claimTaskDocument = defineDocument<Record<string, unknown>, { input: { taskId: string; idempotencyKey: string } }>(`
  mutation ClaimTask($input: ClaimTaskInput!) { claimTask(input: $input) { __typename ... on ClaimTaskPayload { task { ${taskFields} } } ${errorFields} } }
`);

export const releaseTaskDocument = defineDocument<Record<string, unknown>, { input: { taskId: string; reason: string; idempotencyKey: string } }>(`
  mutation ReleaseTask($input: ReleaseTaskInput!) { releaseTask(input: $input) { __typename ... on ReleaseTaskPayload { task { ${taskFields} } } ${errorFields} } }
`);

export interface CompleteTaskInput {
  readonly taskId: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly reason?: string;
  readonly occurredAt?: string;
  readonly deviceAt?: string;
  readonly lateEntry?: boolean;
  readonly idempotencyKey: string;
}

export interface CompletedTask {
  /** Safe in the inbox; the process has not answered yet. */
  readonly pending: boolean;
  readonly task: Pick<Task, 'id' | 'status'> | null;
  readonly processInstance: { readonly id: string; readonly processInstanceId: string; readonly status: string; readonly activeElements: readonly { readonly elementId: string }[] } | null;
}

export const completeTaskDocument = defineDocument<Record<string, unknown>, { input: CompleteTaskInput }>(`
  mutation CompleteTask($input: CompleteTaskInput!) {
    completeTask(input: $input) {
      __typename
      ... on CompleteTaskPayload { pending task { id status } processInstance { id processInstanceId status activeElements { elementId elementInstanceId since } } }
      ${errorFields}
      ... on RefusedError { checkCode expected scanned scannedProduct ${localized} }
    }
  }
`);

export const verifyTaskDocument = defineDocument<Record<string, unknown>, { input: { taskId: string; data: Readonly<Record<string, unknown>> } }>(`
  mutation VerifyTask($input: VerifyTaskInput!) {
    verifyTask(input: $input) { __typename ... on VerifyTaskPayload { accepted task { id status } } ${errorFields} ... on RefusedError { checkCode expected scanned scannedProduct ${localized} } }
  }
`);
