import { gatherPatientContext, type ClinicalOrder, type OrderContext, type PatientContext } from '#activities';
import type { Database } from '#database';
import type { Substance } from '#substances';
import { readAllergy, readMedicationRequest, readObservation, readPatient, type Coding, type MedicationRequest } from './fhir-fields.ts';
import { maximumOrders, prefetchedResources, resourcesOf, type HookRequest, type Resource } from './hook-request.ts';
import { allergensInText, substanceByAtc, substancesInText } from './substances.ts';

/** One drug of one order, with all that is known to judge it by. */
export interface HookOrder {
  /** What the client calls the order: `MedicationRequest/id`, or its place among the drafts. */
  readonly reference: string;
  /** The drug as the client describes it. */
  readonly description: string;
  /** Undefined when the drug is in no list of ours: it cannot be judged. */
  readonly context: OrderContext | undefined;
}

/** The patient of a request is in this hospital's index, but is not the same person. */
export class PatientMismatchError extends Error {
  override readonly name = 'PatientMismatchError';
}

/** The request asks about more orders than are judged at once. */
export class TooManyOrdersError extends Error {
  override readonly name = 'TooManyOrdersError';
}

/** What a request asks about. */
export interface HookOrders {
  /** Whether the patient is in this hospital's index. */
  readonly isOwnPatient: boolean;
  readonly orders: readonly HookOrder[];
  /** Allergies, as the client describes them, that name nothing we know. */
  readonly unreadAllergies: readonly string[];
}

/**
 * The orders that a request asks about, each beside the others. `order-select` asks about the selections, `order-sign` about all drafts,
 * `patient-view` about what is active. Facts of a patient of ours come from the database, and from the prefetch beside it.
 * Throws PatientMismatchError, TooManyOrdersError.
 */
export async function hookOrders(database: Database, request: HookRequest, at: string): Promise<HookOrders> {
  const prefetched = prefetchedResources(request);
  const own = await gatherOwnPatient(database, request.context.patientId, prefetched, at);
  const drafts = resourcesOf(request.context.draftOrders).flatMap((resource, place) => {
    const order = readMedicationRequest(resource);
    return order ? [{ order, reference: order.id === undefined ? `draftOrders/${place}` : `MedicationRequest/${order.id}` }] : [];
  });
  const active = prefetched.flatMap((resource) => {
    const order = readMedicationRequest(resource);
    return order && (order.status === undefined || order.status === 'active' || order.status === 'on-hold') ? [{ order, reference: order.id === undefined ? '' : `MedicationRequest/${order.id}` }] : [];
  });
  const selections = new Set(request.context.selections ?? []);
  const asked = request.hook === 'patient-view' ? active : request.hook === 'order-select' && selections.size > 0 ? drafts.filter(({ reference }) => selections.has(reference)) : drafts;
  if (asked.length > maximumOrders) throw new TooManyOrdersError(`Expected at most ${maximumOrders} orders, but there are more`);
  const { context: patient, unreadAllergies } = own ? { context: own, unreadAllergies: [] } : foreignPatient(prefetched);
  const drugs = await findDrugs(database, [...drafts, ...active].map(({ order }) => order));

  const orders = asked.flatMap(({ order, reference }): HookOrder[] => {
    const found = drugs.get(order) ?? [];
    if (found.length === 0) return [{ reference, description: order.description, context: undefined }];
    const beside = [...drafts, ...active].filter((other) => other.order !== order && (other.reference === '' || other.reference !== reference));
    const activeOrders = [...patient.activeOrders, ...beside.flatMap((other) => (drugs.get(other.order) ?? []).map((drug) => orderFields(other.order, drug)))];
    return found.map((drug) => ({
      reference,
      description: order.description,
      context: { ...patient, activeOrders, at, lastGivenAt: undefined, medication: drug, order: clinicalOrder(order, drug, request, at) },
    }));
  });
  return { isOwnPatient: own !== undefined, orders, unreadAllergies };
}

/** A drug by the hospital's catalogue or by its substance alone; then its strength is not known. */
type Drug = NonNullable<OrderContext['medication']>;

async function findDrugs(database: Database, orders: readonly MedicationRequest[]): Promise<ReadonlyMap<MedicationRequest, readonly Drug[]>> {
  const ownCodes = orders.flatMap(({ codings }) => codings.filter(isOwnCoding).flatMap(({ code }) => (code === undefined ? [] : [code])));
  const products = ownCodes.length === 0 ? [] : await database.prisma.medication.findMany({ where: { code: { in: ownCodes } } });
  return new Map(
    orders.map((order) => {
      const product = products.find(({ code }) => order.codings.some((coding) => isOwnCoding(coding) && coding.code === code));
      return [order, product ? [product] : substancesOf(order).map(({ ingredient, groups }) => ({ ingredient, groups: [...groups], ...unknownStrength, highAlert: 'not-maintained' }))];
    }),
  );
}

/** The naming system of the hospital's drug catalogue. */
export const medicationSystem = 'urn:careloop:medication';

function isOwnCoding({ system }: Coding): boolean {
  return system === medicationSystem;
}

/** No mass unit, so that a dose in tablets gives no milligrams. */
const unknownStrength = { strength: 1, strengthUnit: '{unknown}' } as const;

function substancesOf({ codings, description }: MedicationRequest): readonly Substance[] {
  const coded = codings.filter(({ system }) => system === 'http://www.whocc.no/atc').flatMap(({ code }) => substanceByAtc(code ?? '') ?? []);
  return coded.length > 0 ? coded : substancesInText(description);
}

async function gatherOwnPatient(database: Database, patientId: string, prefetched: readonly Resource[], at: string): Promise<PatientContext | undefined> {
  const own = await gatherPatientContext(database, patientId, at);
  if (!own) return undefined;
  const claimed = prefetched.map(readPatient).find((patient) => patient !== undefined && (patient.id === undefined || patient.id === patientId));
  // The same number at another hospital is another person.
  if (claimed?.birthDate && claimed.birthDate.getTime() !== own.patient.birthDate?.getTime()) throw new PatientMismatchError('Expected the birth date of the patient with this id, but the prefetched one differs');
  return own;
}

function foreignPatient(prefetched: readonly Resource[]): { readonly context: PatientContext; readonly unreadAllergies: readonly string[] } {
  const patient = prefetched.map(readPatient).find((found) => found !== undefined);
  const stated = prefetched.map(readAllergy).filter((allergy) => allergy !== undefined);
  const allergies = stated.filter(({ isNone }) => !isNone).map(({ description }) => ({ description, allergens: allergensInText(description) }));
  const context: PatientContext = {
    patient: { birthDate: patient?.birthDate, gender: patient?.gender ?? 'unknown', allergyStatus: allergies.length > 0 ? 'recorded' : stated.length > 0 ? 'none-known' : 'not-asked' },
    // How the patient reacted cannot be told from other systems' codes: the strictest class.
    allergies: allergies.flatMap(({ allergens }) => allergens.map((allergen) => ({ ...allergen, reactionClass: 'immediate' }))),
    observations: prefetched.flatMap((resource) => readObservation(resource) ?? []),
    activeOrders: [],
  };
  return { context, unreadAllergies: allergies.filter(({ allergens }) => allergens.length === 0).map(({ description }) => description) };
}

const notStated = 'not-stated';

/** Without a dose there is nothing that could be compared; the unit says so, and rules on doses report what is missing. */
function orderFields({ dose, route, frequency, isAsNeeded }: MedicationRequest, { ingredient, groups }: Drug) {
  return {
    ingredient,
    groups: [...groups],
    dose: dose?.value ?? 1,
    doseUnit: dose?.unit ?? notStated,
    route: route ?? notStated,
    frequency: frequency ?? notStated,
    orderType: isAsNeeded ? ('prn' as const) : ('long-term' as const),
  };
}

function clinicalOrder(order: MedicationRequest, drug: Drug, { context, userId, user }: HookRequest, at: string): ClinicalOrder {
  return {
    ...orderFields(order, drug),
    orderId: 'unsigned',
    patientId: context.patientId,
    encounterId: context.encounterId ?? notStated,
    ward: notStated,
    medicationCode: drug.ingredient,
    priority: 'routine',
    startAt: at,
    orderedBy: context.userId ?? userId ?? user ?? notStated,
  };
}
