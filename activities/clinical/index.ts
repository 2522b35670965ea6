import type { AnyServiceActivity } from '../service-activity.ts';
import { gatherOrderFactsActivity } from './gather-order-facts.ts';
import { planDosesActivity } from './plan-doses.ts';
import { raiseAlertActivity } from './raise-alert.ts';
import { recordAdministrationActivity } from './record-administration.ts';
import { updateOrderStatusActivity } from './update-order-status.ts';
import { writeNursingRecordActivity } from './write-nursing-record.ts';

export { findFrequency, type Frequency } from './frequency-dictionary.ts';
export { gatherOrderFacts, gatherPatientContext, type PatientContext } from './gather-order-facts.ts';
export { hospitalTimeZone } from './hospital-time.ts';
export { clinicalOrderSchema, type ClinicalOrder } from './order.ts';
export { orderFacts, type OrderContext, type OrderFacts } from './order-facts.ts';
export { signingRuleSets } from './signing-rule-sets.ts';
export { observationCodes, localObservationCodes } from './observation-codes.ts';

/** What the clinical processes call beside the outside systems: facts, plans, executions, documents, notices. */
export const clinicalActivities: readonly AnyServiceActivity[] = [
  gatherOrderFactsActivity,
  planDosesActivity,
  updateOrderStatusActivity,
  recordAdministrationActivity,
  writeNursingRecordActivity,
  raiseAlertActivity,
];
