import { z } from 'zod';
import type { Resource } from './hook-request.ts';

/*
 * The few fields that orders are judged by, read from FHIR R4 and from the STU3 that older CDS clients send. What is not there, or
 * not of its type, is undefined: the rule sets say what missing means.
 */

const codingSchema = z.looseObject({ system: z.string().optional(), code: z.string().optional(), display: z.string().optional() });
const conceptSchema = z.looseObject({ coding: z.array(codingSchema).optional(), text: z.string().optional() });
const quantitySchema = z.looseObject({ value: z.number().optional(), unit: z.string().optional(), code: z.string().optional() });
const repeatSchema = z.looseObject({ frequency: z.number().optional(), period: z.number().optional(), periodUnit: z.string().optional() });
const dosageSchema = z.looseObject({
  timing: z.looseObject({ repeat: repeatSchema.optional(), code: conceptSchema.optional() }).optional(),
  asNeededBoolean: z.boolean().optional(),
  route: conceptSchema.optional(),
  /** STU3 */
  doseQuantity: quantitySchema.optional(),
  /** R4 */
  doseAndRate: z.array(z.looseObject({ doseQuantity: quantitySchema.optional() })).optional(),
});

const medicationRequestSchema = z.looseObject({
  id: z.string().optional(),
  status: z.string().optional(),
  medicationCodeableConcept: conceptSchema.optional(),
  dosageInstruction: z.array(dosageSchema).optional(),
  authoredOn: z.string().optional(),
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

/** Undefined for a resource that is no readable medication order. */
export function readMedicationRequest(resource: Resource): MedicationRequest | undefined {
  if (resource.resourceType !== 'MedicationRequest') return undefined;
  const parsed = medicationRequestSchema.safeParse(resource);
  if (!parsed.success) return undefined;
  const { id, status, medicationCodeableConcept: concept, dosageInstruction } = parsed.data;
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

function frequencyOf(repeat: z.infer<typeof repeatSchema> | undefined, code: z.infer<typeof conceptSchema> | undefined): string | undefined {
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

const observationSchema = z.looseObject({
  status: z.string().optional(),
  code: conceptSchema,
  valueQuantity: quantitySchema,
  effectiveDateTime: z.string(),
});

/** A measured value with its LOINC code; undefined for one that was entered in error, has no number or no time. */
export function readObservation(resource: Resource): { readonly code: string; readonly value: number; readonly unit: string; readonly observedAt: Date } | undefined {
  if (resource.resourceType !== 'Observation') return undefined;
  const parsed = observationSchema.safeParse(resource);
  if (!parsed.success || parsed.data.status === 'entered-in-error' || parsed.data.status === 'cancelled') return undefined;
  const { code, valueQuantity, effectiveDateTime } = parsed.data;
  const loinc = code.coding?.find(({ system }) => system === 'http://loinc.org')?.code;
  const unit = valueQuantity.code ?? valueQuantity.unit;
  const observedAt = new Date(effectiveDateTime);
  if (loinc === undefined || valueQuantity.value === undefined || unit === undefined || Number.isNaN(observedAt.getTime())) return undefined;
  return { code: loinc, value: valueQuantity.value, unit, observedAt };
}

const allergySchema = z.looseObject({ code: conceptSchema.optional(), category: z.array(z.string()).optional(), verificationStatus: z.unknown().optional() });

/** What an allergy is to, in words and codings; undefined for one to food alone, and for one that was refuted or entered in error. */
export function readAllergy(resource: Resource): { readonly codings: readonly Coding[]; readonly description: string; readonly isNone: boolean } | undefined {
  if (resource.resourceType !== 'AllergyIntolerance') return undefined;
  const parsed = allergySchema.safeParse(resource);
  if (!parsed.success || /refuted|entered-in-error/.test(JSON.stringify(parsed.data.verificationStatus ?? ''))) return undefined;
  const { category } = parsed.data;
  if (category && !category.some((each) => each === 'medication' || each === 'biologic')) return undefined;
  const codings = parsed.data.code?.coding ?? [];
  return {
    codings,
    description: [parsed.data.code?.text, ...codings.map(({ display }) => display)].filter((part) => part !== undefined).join('; '),
    // SNOMED CT: no known allergy, no known drug allergy.
    isNone: codings.some(({ code }) => code === '716186003' || code === '409137002'),
  };
}
