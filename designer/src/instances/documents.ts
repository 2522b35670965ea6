import { defineDocument } from '../graphql/client.ts';
import { auditEntryFields, errorFields, incidentFields, instanceRowFields, localized, pageFields, relatedInstanceFields, verificationField } from '../graphql/fragments.ts';
import type { AuditEntry, Connection, Incident, JsonObject, ProcessInstance, RelatedInstance, Task } from '../graphql/model.ts';

export type InstancesVariables = { first: number; after: string | null; status: string | null; patientId: string | null };

export const instancesDocument = defineDocument<{ processInstances: Connection<ProcessInstance> }, InstancesVariables>(`
  query ProcessInstances($first: Int!, $after: String, $status: String, $patientId: ID) {
    processInstances(first: $first, after: $after, status: $status, patientId: $patientId) { totalCount edges { node { ${instanceRowFields} } } ${pageFields} }
  }
`);

export type InstanceDetail = ProcessInstance & {
  readonly tasks: readonly Pick<Task, 'id' | 'elementId' | 'name' | 'status' | 'assignee' | 'candidateRoles' | 'dueAt' | 'verification'>[];
  /** The case whose call started this one, if the viewer may see it. */
  readonly calledBy: RelatedInstance | null;
  readonly calls: readonly RelatedInstance[];
};

export const instanceDocument = defineDocument<{ processInstance: InstanceDetail | null }, { id: string }>(`
  query ProcessInstance($id: ID!) {
    processInstance(id: $id) {
      ${instanceRowFields} variables
      tasks { id elementId name ${localized} status assignee { id displayName } candidateRoles dueAt ${verificationField} }
      calledBy { ${relatedInstanceFields} }
      calls { ${relatedInstanceFields} }
    }
  }
`);

/** Read once a version: a definition never changes. */
export const definitionDocument = defineDocument<{ processInstance: { readonly id: string; readonly definition: { readonly id: string; readonly hash: string; readonly document: unknown } } | null }, { id: string }>(`
  query DefinitionOfInstance($id: ID!) { processInstance(id: $id) { id definition { id hash document } } }
`);

export interface TimelinePage {
  readonly edges: readonly { readonly node: AuditEntry }[];
  readonly pageInfo: { readonly hasPreviousPage: boolean; readonly startCursor: string | null };
}

export const timelineDocument = defineDocument<{ processInstance: { readonly id: string; readonly timeline: TimelinePage } | null }, { id: string; last: number; before: string | null }>(`
  query InstanceTimeline($id: ID!, $last: Int!, $before: String) {
    processInstance(id: $id) { id timeline(last: $last, before: $before) { edges { node { ${auditEntryFields} } } pageInfo { hasPreviousPage startCursor } } }
  }
`);

export const instanceChangedSubscription = `subscription ProcessInstanceChanged($id: ID!, $after: String) { processInstanceChanged(id: $id, after: $after) { cursor } }`;

/** Of any instance, new ones included. Carries no content: the list is read again. */
export const instancesChangedSubscription = `subscription ProcessInstancesChanged($after: String) { processInstancesChanged(after: $after) { cursor } }`;

export interface InstancesChange {
  readonly cursor: string;
}

export type Resolution = 'RETRY' | 'SKIP' | 'CONFIRM_DONE' | 'CONFIRM_NOT_DONE';

export const resolveIncidentDocument = defineDocument<Record<string, unknown>, { input: { incidentId: string; resolution: Resolution; reason: string; variables?: JsonObject; idempotencyKey: string } }>(`
  mutation ResolveIncident($input: ResolveIncidentInput!) {
    resolveIncident(input: $input) { __typename ... on ResolveIncidentPayload { incident { id resolvedAt } } ${errorFields} }
  }
`);

export const incidentsDocument = defineDocument<{ incidents: Connection<Incident> }, { first: number; after: string | null; open: boolean | null }>(`
  query Incidents($first: Int!, $after: String, $open: Boolean) { incidents(first: $first, after: $after, open: $open) { totalCount edges { node { ${incidentFields} } } ${pageFields} } }
`);
