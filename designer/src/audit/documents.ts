import { defineDocument } from '../graphql/client.ts';
import { auditEntryFields, pageFields, patientFields } from '../graphql/fragments.ts';
import type { AuditEntry, Connection, Patient } from '../graphql/model.ts';

export const patientsDocument = defineDocument<{ patients: Connection<Patient> }, { search: string }>(`
  query FindPatients($search: String!) { patients(first: 20, search: $search) { edges { node { ${patientFields} } } pageInfo { hasNextPage endCursor } } }
`);

export const auditDocument = defineDocument<{ auditTrail: Connection<AuditEntry> }, { first: number; after: string | null; patientId: string | null; instanceId: string | null; ruleSet: string | null; action: string | null }>(`
  query AuditTrail($first: Int!, $after: String, $patientId: ID, $instanceId: ID, $ruleSet: String, $action: String) {
    auditTrail(first: $first, after: $after, patientId: $patientId, instanceId: $instanceId, ruleSet: $ruleSet, action: $action) { totalCount edges { node { ${auditEntryFields} } } ${pageFields} }
  }
`);
