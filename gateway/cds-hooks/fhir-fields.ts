import { z } from 'zod';
import type { Resource } from './hook-request.ts';

/*
 * The few fields that orders are judged by, read from FHIR R4 and from the STU3 that older CDS clients send. What is not there, or
 * not of its type, is undefined: the rule sets say what missing means. A field that cannot be read never takes its resource away,
 * since an order or an allergy that nobody judges would pass as one without objection.
 */

/** A name of a drug is a line or two; a longer text is none, and the drug then one that is not known. */
const text = z.string().max(2_000).optional().catch(undefined);
const number = z.number().optional().catch(undefined);
const codingSchema = z.looseObject({ system: text, code: text, display: text }).catch({});
const conceptSchema = z.looseObject({ coding: z.array(codingSchema).max(100).optional().catch(undefined), text }).optional().catch(undefined);
const quantitySchema = z.looseObject({ value: number, unit: text, code: text }).optional().catch(undefined);
const repeatSchema = z.looseObject({ frequency: number, period: number, periodUnit: text }).optional().catch(undefined);
const dosageSchema = z
  .looseObject({
    timing: z.looseObject({ repeat: repeatSchema, code: conceptSchema }).optional().catch(undefined),
    asNeededBoolean: z.boolean().optional().catch(undefined),
    route: conceptSchema,
    /** STU3 */
    doseQuantity: quantitySchema,
    /** R4 */
    doseAndRate: z.array(z.looseObject({ doseQuantity: quantitySchema }).catch({})).optional().catch(undefined),
  })
  .catch({});

const medicationRequestSchema = z.looseObject({
  id: text,
  status: text,
  medicationCodeableConcept: conceptSchema,
  dosageInstruction: z.array(dosageSchema).optional().catch(undefined),
});

export type Coding = z.infer<typeof codingSchema>;

/** A medication order of a foreign system, as far as it says. */
export interface MedicationRequest {
  /** Logical id; absent in drafts of some clients. */
  readonly id?: string;
  readonly status?: string;
  readonly codings: readonly Coding[];
  /** What people read: text and displays. */
  readonly description: string;
  readonly dose?: { readonly value: number; readonly unit: string };
  readonly route?: string;
  readonly frequency?: string;
  readonly isAsNeeded: boolean;
}

/** Undefined for a resource that is no medication order. */
export function readMedicationRequest(resource: Resource): MedicationRequest | undefined {
  if (resource.resourceType !== 'MedicationRequest') return undefined;
  const { id, status, medicationCodeableConcept: concept, dosageInstruction } = medicationRequestSchema.parse(resource);
  const [dosage] = dosageInstruction ?? [];
  const quantity = dosage?.doseAndRate?.[0]?.doseQuantity ?? dosage?.doseQuantity;
  const unit = quantity?.code ?? quantity?.unit;
  const route = dosage?.route?.coding?.[0]?.code ?? dosage?.route?.text;
  const frequency = frequencyOf(dosage?.timing?.repeat, dosage?.timing?.code);
  return {
    ...(id === undefined ? {} : { id }),
    ...(status === undefined ? {} : { status }),
    codings: concept?.coding ?? [],
    description: [concept?.text, ...(concept?.coding ?? []).map(({ display }) => display)].filter((part) => part !== undefined).join('; '),
    ...(quantity?.value !== undefined && quantity.value > 0 && unit !== undefined ? { dose: { value: quantity.value, unit } } : {}),
    ...(route === undefined ? {} : { route: routes[route] ?? route.toUpperCase() }),
    ...(frequency === undefined ? {} : { frequency }),
    isAsNeeded: dosage?.asNeededBoolean === true,
  };
}

/** SNOMED CT routes that the rule sets know by their HL7 table 0162 codes. */
const routes: Readonly<Record<string, string>> = { '26643006': 'PO', '47625008': 'IV', '34206005': 'SC', '78421000': 'IM' };

/** Frequency codes of the hospital by doses in a period. */
const frequencies: Readonly<Record<string, string>> = {
  '1/1/d': 'qd', '2/1/d': 'bid', '3/1/d': 'tid', '4/1/d': 'qid', '1/12/h': 'q12h', '1/8/h': 'q8h', '1/6/h': 'q6h', '1/4/h': 'q4h', '1/2/d': 'qod', '1/1/wk': 'qw', '1/24/h': 'qd',
};

function frequencyOf(repeat: z.infer<typeof repeatSchema>, code: z.infer<typeof conceptSchema>): string | undefined {
  const named = code?.coding?.[0]?.code ?? code?.text;
  if (named !== undefined) return named.toLowerCase();
  if (repeat?.period === undefined || repeat.periodUnit === undefined) return undefined;
  return frequencies[`${repeat.frequency ?? 1}/${repeat.period}/${repeat.periodUnit}`];
}

/** What `Patient` says; undefined when nothing of it can be read. */
export function readPatient(resource: Resource): { readonly id?: string; readonly birthDate?: Date; readonly gender: string } | undefined {
  if (resource.resourceType !== 'Patient') return undefined;
  const { id, birthDate, gender } = resource;
  const born = typeof birthDate === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(birthDate) ? new Date(`${birthDate}T00:00:00Z`) : undefined;
  return {
    ...(typeof id === 'string' ? { id } : {}),
    ...(born && !Number.isNaN(born.getTime()) ? { birthDate: born } : {}),
    gender: gender === 'male' || gender === 'female' ? gender : 'unknown',
  };
}

const observationSchema = z.looseObject({ status: text, code: conceptSchema, valueQuantity: quantitySchema, effectiveDateTime: text });

/** A measured value with its LOINC code; undefined for one that was entered in error, has no number or no time. */
export function readObservation(resource: Resource): { readonly code: string; readonly value: number; readonly unit: string; readonly observedAt: Date } | undefined {
  if (resource.resourceType !== 'Observation') return undefined;
  const { status, code, valueQuantity, effectiveDateTime } = observationSchema.parse(resource);
  if (status === 'entered-in-error' || status === 'cancelled') return undefined;
  const loinc = code?.coding?.find(({ system }) => system === 'http://loinc.org')?.code;
  const unit = valueQuantity?.code ?? valueQuantity?.unit;
  const observedAt = new Date(effectiveDateTime ?? Number.NaN);
  if (loinc === undefined || valueQuantity?.value === undefined || unit === undefined || Number.isNaN(observedAt.getTime())) return undefined;
  return { code: loinc, value: valueQuantity.value, unit, observedAt };
}

const allergySchema = z.looseObject({ code: conceptSchema, category: z.array(text).optional().catch(undefined), verificationStatus: z.unknown().optional() });

/** What an allergy is to, in words and codings; undefined for one to food alone, and for one that was refuted or entered in error. */
export function readAllergy(resource: Resource): { readonly codings: readonly Coding[]; readonly description: string; readonly isNone: boolean } | undefined {
  if (resource.resourceType !== 'AllergyIntolerance') return undefined;
  const { code: concept, category, verificationStatus } = allergySchema.parse(resource);
  if (/refuted|entered-in-error/.test(JSON.stringify(verificationStatus ?? ''))) return undefined;
  if (category && !category.some((each) => each === 'medication' || each === 'biologic')) return undefined;
  const codings = concept?.coding ?? [];
  return {
    codings,
    description: [concept?.text, ...codings.map(({ display }) => display)].filter((part) => part !== undefined).join('; '),
    // SNOMED CT: no known allergy, no known drug allergy.
    isNone: codings.some(({ code }) => code === '716186003' || code === '409137002'),
  };
}
