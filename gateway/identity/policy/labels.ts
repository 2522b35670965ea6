import type { LocalizedText } from '#engine';
import type { Relation } from './relations.ts';
import type { Grants } from './types.ts';

/** Labels of sensitive patients. HL7 Terminology, ActCode: HIV (HIV/AIDS information), PSY (psychiatry), CEL (celebrity). */
export const labelCodes = ['HIV', 'PSY', 'CEL'] as const;
export type LabelCode = (typeof labelCodes)[number];

const bedside = ['ward', 'care-team', 'duty', 'emergency-access'] as const satisfies readonly Relation[];
const called = ['care-team', 'duty', 'emergency-access'] as const satisfies readonly Relation[];

const identity: Grants = { doctor: bedside, nurse: bedside, 'head-nurse': bedside, pharmacist: called, 'privacy-officer': ['hospital'], 'emr-desk': ['hospital'] };
const psychiatric: Grants = { doctor: bedside, nurse: bedside, 'head-nurse': bedside, pharmacist: called, his: ['hospital'], 'emr-desk': ['hospital'], lis: ['started'] };
const infectious: Grants = { doctor: bedside, nurse: called, 'head-nurse': called, pharmacist: called, his: ['hospital'], 'emr-desk': ['hospital'], lis: ['started'] };

/** What a case, its tasks and its decisions tell of a patient's illness. */
function content(grants: Grants): Readonly<Record<string, Grants>> {
  const fields = ['ProcessInstance.businessKey', 'ProcessInstance.variables', 'ProcessInstance.decisions', 'Task.input', 'Task.why', 'Decision.facts', 'Decision.explanation'];
  return Object.fromEntries(fields.map((field) => [field, grants]));
}

/**
 * What a label narrows: of these fields of a labelled patient's rows, the relations that suffice by role, beside the
 * field's own row. No label narrows allergies, weight, the list of tasks, or what a nurse with the task to give a dose needs:
 * `duty` suffices everywhere. The lines of the record stay whole for the auditor. What a case holds is narrowed as a whole: it
 * does not say reliably whether it names an antiretroviral drug.
 */
export const labelPolicy: Readonly<Record<LabelCode, { readonly name: LocalizedText; readonly fields: Readonly<Record<string, Grants>> }>> = {
  HIV: { name: { 'zh-CN': '艾滋病相关信息', en: 'HIV-related information' }, fields: { ...content(infectious), 'Patient.latestObservations': infectious } },
  PSY: { name: { 'zh-CN': '精神科信息', en: 'Psychiatric information' }, fields: content(psychiatric) },
  CEL: { name: { 'zh-CN': '重点保护身份', en: 'Protected identity' }, fields: { 'Patient.name': identity, 'Patient.birthDate': identity, 'Patient.encounter': identity, 'ProcessInstance.variables': psychiatric } },
};

/**
 * Observations, by LOINC code, that `Patient.latestObservations` leaves out under a label; the others of the patient stay. HIV:
 * antigen and antibody tests, nucleic acid tests, viral load, CD4 cells.
 */
export const labelledObservations: Readonly<Partial<Record<LabelCode, readonly string[]>>> = {
  HIV: ['56888-1', '48345-3', '579-5', '31201-7', '7918-6', '69668-2', '75622-1', '5018-7', '5017-9', '25835-0', '20447-9', '25836-8', '29541-0', '24467-3'],
};
