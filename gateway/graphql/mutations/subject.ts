import type { Json, Variables } from '#engine';
import { findSubject, namedPatients, patientOfCase, type NamedPatient } from '../../commands/index.ts';
import { operationPolicy, type Role } from '../../identity/policy.ts';
import { emergencyAccessRoles } from '../../identity/policy/types.ts';
import type { RequestContext } from '../context.ts';
import type { DoorFact } from '../door-fact.ts';
import { ExpectedError, NotFoundError } from '../expected-errors.ts';
import { refused } from '../refuse.ts';
import { variablesOf } from '../variable-size.ts';

/** What a command carries, and whom it is about. */
export interface AboutPatient {
  readonly variables: Variables;
  /** The patient whom the variables name first, as `patientId` or within one object (`order.patientId`), and the ward where they lie now. */
  readonly subject: { readonly patientId?: string; readonly unit?: string };
}

/**
 * The variables of a command, and whom they name. A person has to be related to each of the patients by a role that may call
 * `operation`; who is not, hears what would be said of a patient whom there is not. Throws PATIENT_NOT_FOUND with the variable
 * as `place`, and as `variablesOf`; on record.
 */
export async function variablesAbout(given: Json | undefined, operation: string, about: Pick<DoorFact, 'processKey'>, context: RequestContext): Promise<AboutPatient> {
  let variables: Variables;
  try {
    variables = variablesOf(given, 'variables');
  } catch (error) {
    throw error instanceof ExpectedError ? await refused(error, about, context) : error;
  }
  const first = patientOfCase(variables);
  const subject = first && (await findSubject(context.database, first.patientId));
  const refusedPatient = first && !subject ? first : notRelated(variables, operation, context);
  if (refusedPatient) throw await refused(new NotFoundError({ code: 'PATIENT_NOT_FOUND', place: refusedPatient.place, ...adviceFor(operation, context) }), about, context);
  return { variables, subject: subject ?? {} };
}

/** Systems act by their role: what they send is about whomever the hospital treats. */
function notRelated(variables: Variables, operation: string, { viewer, access }: RequestContext): NamedPatient | undefined {
  if (viewer.kind !== 'person') return undefined;
  return namedPatients(variables).find(({ patientId }) => !access.reaches('Patient', { patientId }, operationPolicy[operation]));
}

/** Alike for a patient whom there is not: it must not tell them apart. */
function adviceFor(operation: string, { viewer }: RequestContext) {
  const mayOpen = viewer.roles.some((role) => emergencyAccessRoles.includes(role as Role) && operationPolicy[operation]?.includes(role as Role));
  return mayOpen ? { advice: 'TAKE_EMERGENCY_ACCESS' as const } : {};
}
