import { defineDocument } from '../graphql/client.ts';
import { errorFields, localized, pageFields, patientFields } from '../graphql/fragments.ts';
import type { Alert, Connection } from '../graphql/model.ts';

const alertFields = `id severity code text ${localized} processInstanceId raisedAt acknowledgedAt acknowledgedBy unit patient { ${patientFields} }`;
export const alertsDocument = defineDocument<{ alerts: Connection<Alert> }, { open: boolean | null }>(`
  query Alerts($open: Boolean) { alerts(first: 50, open: $open) { totalCount edges { node { ${alertFields} } } ${pageFields} } }
`);
export const acknowledgeDocument = defineDocument<Record<string, unknown>, { input: { alertId: string } }>(`
  mutation AcknowledgeAlert($input: AcknowledgeAlertInput!) { acknowledgeAlert(input: $input) { __typename ... on AcknowledgeAlertPayload { alert { ${alertFields} } } ${errorFields} } }
`);
