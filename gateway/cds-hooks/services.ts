/** A CDS service as its discovery endpoint describes it. CDS Hooks 2.0 §"Discovery". */
export interface CdsService {
  readonly hook: 'order-select' | 'order-sign' | 'patient-view';
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly prefetch: Readonly<Record<string, string>>;
  readonly usageRequirements: string;
}

const prefetch = {
  patient: 'Patient/{{context.patientId}}',
  medications: 'MedicationRequest?patient={{context.patientId}}&status=active,on-hold',
  allergies: 'AllergyIntolerance?patient={{context.patientId}}',
  observations: 'Observation?patient={{context.patientId}}&category=laboratory,vital-signs&_sort=-date&_count=200',
};

const usageRequirements = 'Everything is read from context and prefetch; the FHIR server is never called. Facts of a patient of this hospital come from its own index beside them.';

/** What `signingRuleSets` are about. */
const judged = { 'zh-CN': '过敏、剂量、相互作用、重复用药、妊娠哺乳、医保支付', en: 'allergy, dose, interaction, duplicate, pregnancy and lactation, payment' } as const;

/** The services of this hospital, by what the clinician is doing. */
export const cdsServices: readonly CdsService[] = [
  { hook: 'order-select', id: 'medication-order-select', title: '选药时核对 / Check on selecting a drug', description: `按现行规则判断选中的用药医嘱：${judged['zh-CN']}。 / Judges the selected medication orders by the rule sets in effect: ${judged.en}.`, prefetch, usageRequirements },
  { hook: 'order-sign', id: 'medication-order-sign', title: '签署前核对 / Check before signing', description: `按现行规则判断全部待签的用药医嘱，并相互对照：${judged['zh-CN']}。 / Judges all draft medication orders, each beside the others, by the rule sets in effect: ${judged.en}.`, prefetch, usageRequirements },
  { hook: 'patient-view', id: 'active-medication-review', title: '在用医嘱复核 / Review of active orders', description: '重新判断预取的在用医嘱，只提示须由药师或医师决定的事项。 / Judges the active medication orders of the prefetch anew; says only what a pharmacist or the doctor has to decide.', prefetch, usageRequirements },
];
