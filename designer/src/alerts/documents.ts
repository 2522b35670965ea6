import { defineDocument } from '../graphql/client.ts';
import { errorFields, localized, pageFields, patientFields } from '../graphql/fragments.ts';
import type { Alert, Connection } from '../graphql/model.ts';

const alertFields = `id severity code text ${localized} processInstanceId raisedAt acknowledgedAt acknowledgedBy unit patient { ${patientFields} }`;
export const alertsDocument = defineDocument<{ alerts: Connection<Alert> }, { open: boolean | null }>(`
  query Alerts($open: Boolean) { alerts(first: 50, open: $open) { totalCount edges { node { ${alertFields} } } ${pageFields} } }
`);
/** Reads no alert, so that counting is no look at a patient. */
export const openAlertCountDocument = defineDocument<{ alerts: { readonly totalCount: number } }, Record<string, never>>('query OpenAlertCount { alerts(first: 1, open: true) { totalCount } }');
export const acknowledgeDocument = defineDocument<Record<string, unknown>, { input: { alertId: string } }>(`
  mutation AcknowledgeAlert($input: AcknowledgeAlertInput!) { acknowledgeAlert(input: $input) { __typename ... on AcknowledgeAlertPayload { alert { ${alertFields} } } ${errorFields} } }
`);
