import type { Reference, ResourceType } from './resources.ts';

const longest = 64;

/**
 * The id of a row as FHIR allows it (`[A-Za-z0-9\-.]{1,64}`, R4 §2.24.0.1): each other byte of its UTF-8, and the dot itself, is a dot and two hexadecimal
 * digits, so that it leads back to the row. Undefined for one that would be too long: such a row is sent without an id.
 */
export function fhirIdOf(key: string): string | undefined {
  const id = escaped(key);
  return id.length > 0 && id.length <= longest ? id : undefined;
}

/** The row's id of one of FHIR; undefined for what no row of ours can have. */
export function keyOfFhirId(id: string): string | undefined {
  if (!/^[A-Za-z0-9\-.]{1,64}$/.test(id)) return undefined;
  const key = Buffer.from(id.replace(/[^.]|\.([0-9a-f]{2})/g, (one: string, hex?: string) => hex ?? Buffer.from(one).toString('hex')), 'hex').toString('utf8');
  // Only one way of writing an id counts.
  return escaped(key) === id && !key.includes('\u0000') ? key : undefined;
}

function escaped(key: string): string {
  return [...Buffer.from(key)].map((byte) => (/[A-Za-z0-9-]/.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : `.${byte.toString(16).padStart(2, '0')}`)).join('');
}

/** Names of what identifies things here. */
export const systems = {
  patient: 'urn:careloop:patient',
  encounter: 'urn:careloop:encounter',
  wristband: 'urn:careloop:wristband',
  ward: 'urn:careloop:ward',
  task: 'urn:careloop:task',
  processInstance: 'urn:careloop:process-instance',
  person: 'urn:careloop:person',
  client: 'urn:careloop:client',
  substance: 'urn:careloop:substance',
  reactionClass: 'urn:careloop:reaction-class',
  observation: 'urn:careloop:observation',
  element: 'urn:careloop:element',
  role: 'urn:careloop:role',
  taskStatus: 'urn:careloop:task-status',
  action: 'urn:careloop:action',
  ruleSet: 'urn:careloop:rule-set',
} as const;

/** A reference to a resource of this door, with its display where one may be told. */
export function referenceTo(type: ResourceType, key: string, system: string, display?: string): Reference {
  const id = fhirIdOf(key);
  return { ...(id === undefined ? { type, identifier: { system, value: key } } : { reference: `${type}/${id}` }), ...(display === undefined ? {} : { display }) };
}

/** A person or a system. Neither has a resource here: who works in the hospital is told by name alone, where something was done. */
export function actorReference(key: string, kind: string, display: string | undefined): Reference {
  const [type, system] = kind === 'person' ? ['Practitioner', systems.person] : ['Device', systems.client];
  return { type, identifier: { system, value: key }, ...(display === undefined ? {} : { display }) };
}

/** Careloop itself. */
export const ownReference: Reference = { type: 'Device', display: 'Careloop' };
