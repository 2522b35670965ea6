import { defineDocument } from '../graphql/client.ts';
import { errorFields, localized, pageFields, taskFields, verificationField } from '../graphql/fragments.ts';
import type { AuditEntry, Connection, Task } from '../graphql/model.ts';

export type TasksVariables = { first: number; after: string | null; mine: boolean | null; patientId: string | null };

/** Open tasks that the viewer may do, the most urgent first. */
export const tasksDocument = defineDocument<{ tasks: Connection<Task> }, TasksVariables>(`
  query Tasks($first: Int!, $after: String, $mine: Boolean, $patientId: ID) {
    tasks(first: $first, after: $after, mine: $mine, patientId: $patientId, status: "open") { totalCount edges { node { ${taskFields} } } ${pageFields} }
  }
`);

export const taskDocument = defineDocument<{ task: Task | null }, { id: string }>(`
  query Task($id: ID!) { task(id: $id) { ${taskFields} form { schema uiSchema title ${localized} } delegates { id displayName } } }
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

export const delegateTaskDocument = defineDocument<Record<string, unknown>, { input: { taskId: string; delegateId: string; reason: string; idempotencyKey: string } }>(`
  mutation DelegateTask($input: DelegateTaskInput!) { delegateTask(input: $input) { __typename ... on DelegateTaskPayload { pending task { id } } ${errorFields} } }
`);

export const rejectVerificationDocument = defineDocument<Record<string, unknown>, { input: { taskId: string; reason: string; idempotencyKey: string } }>(`
  mutation RejectTaskVerification($input: RejectTaskVerificationInput!) { rejectTaskVerification(input: $input) { __typename ... on RejectTaskVerificationPayload { pending task { id } } ${errorFields} } }
`);

type RecordLine = Pick<AuditEntry, 'id' | 'action' | 'taskId' | 'recordedAt' | 'reason' | 'actor'>;

/** The last lines about a task's case, without values: what the first person entered stays out of sight. */
export const taskRecordDocument = defineDocument<{ processInstance: { readonly id: string; readonly timeline: { readonly edges: readonly { readonly node: RecordLine }[] } } | null }, { id: string; last: number }>(`
  query TaskRecord($id: ID!, $last: Int!) {
    processInstance(id: $id) { id timeline(last: $last) { edges { node { id action taskId recordedAt reason actor { id kind displayName roles } } } } }
  }
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
  readonly task: Pick<Task, 'id' | 'status' | 'verification'> | null;
  readonly processInstance: { readonly id: string; readonly processInstanceId: string; readonly status: string; readonly activeElements: readonly { readonly elementId: string }[] } | null;
}

export const completeTaskDocument = defineDocument<Record<string, unknown>, { input: CompleteTaskInput }>(`
  mutation CompleteTask($input: CompleteTaskInput!) {
    completeTask(input: $input) {
      __typename
      ... on CompleteTaskPayload { pending task { id status ${verificationField} } processInstance { id processInstanceId status activeElements { elementId elementInstanceId since } } }
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
