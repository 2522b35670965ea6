/**
 * What the door sends, in the terms of FHIR R4 (4.0.1): of each resource the elements that Careloop has values for, and no others.
 * Instants are ISO 8601 with a zone, dates without time.
 */
export interface Coding {
  readonly system: string;
  readonly code: string;
  readonly display?: string;
}

export interface CodeableConcept {
  readonly coding?: readonly Coding[];
  readonly text?: string;
}

export interface Identifier {
  readonly system: string;
  readonly value: string;
}

/** Only ever `data-absent-reason`. R4 §2.4. */
export interface Extension {
  readonly url: string;
  readonly valueCode: string;
}

/** A literal reference where the resource can be read here, else a logical one by identifier. R4 §2.3.0. */
export interface Reference {
  readonly reference?: string;
  readonly type?: string;
  readonly identifier?: Identifier;
  readonly display?: string;
  readonly extension?: readonly Extension[];
}

export interface Period {
  readonly start?: string;
  readonly end?: string;
}

export interface Meta {
  readonly lastUpdated?: string;
  readonly security?: readonly Coding[];
}

interface Resource<Type extends string> {
  readonly resourceType: Type;
  readonly id?: string;
  readonly meta?: Meta;
}

export interface PatientResource extends Resource<'Patient'> {
  readonly identifier: readonly Identifier[];
  readonly name: readonly { readonly use?: 'official'; readonly text?: string; readonly extension?: readonly Extension[] }[];
  readonly gender: string;
  readonly birthDate?: string;
  readonly _birthDate?: { readonly extension: readonly Extension[] };
}

export interface EncounterResource extends Resource<'Encounter'> {
  readonly identifier: readonly Identifier[];
  readonly status: 'in-progress' | 'finished';
  readonly class: Coding;
  readonly subject: Reference;
  readonly period: Period;
  readonly location: readonly { readonly location: Reference; readonly status: 'active' | 'completed'; readonly physicalType: CodeableConcept }[];
}

export interface AllergyIntoleranceResource extends Resource<'AllergyIntolerance'> {
  readonly clinicalStatus: CodeableConcept;
  readonly type?: 'allergy';
  readonly category?: readonly ['medication'];
  readonly criticality?: 'low' | 'high';
  readonly code: CodeableConcept;
  readonly patient: Reference;
  readonly recordedDate?: string;
  readonly reaction?: readonly { readonly manifestation: readonly CodeableConcept[]; readonly severity?: 'mild' | 'severe' }[];
}

export interface ObservationResource extends Resource<'Observation'> {
  readonly status: 'final';
  readonly code: CodeableConcept;
  readonly subject: Reference;
  readonly effectiveDateTime: string;
  readonly issued: string;
  readonly valueQuantity: { readonly value: number; readonly unit: string; readonly system: string; readonly code: string };
}

export interface TaskResource extends Resource<'Task'> {
  readonly identifier: readonly Identifier[];
  readonly groupIdentifier: Identifier;
  readonly status: 'requested' | 'accepted' | 'in-progress' | 'completed' | 'cancelled';
  readonly businessStatus: CodeableConcept;
  readonly intent: 'order';
  readonly code: CodeableConcept;
  readonly focus: Reference;
  readonly for?: Reference;
  readonly executionPeriod?: Period;
  readonly authoredOn: string;
  readonly lastModified?: string;
  readonly requester: Reference;
  readonly performerType: readonly CodeableConcept[];
  readonly owner?: Reference;
  readonly location?: Reference;
  readonly restriction?: { readonly period: Period };
}

export interface AuditEventResource extends Resource<'AuditEvent'> {
  readonly type: Coding;
  readonly subtype: readonly Coding[];
  readonly action: 'R' | 'E';
  readonly period: Period;
  readonly recorded: string;
  readonly outcome: '0' | '4';
  readonly purposeOfEvent?: readonly CodeableConcept[];
  readonly agent: readonly { readonly role?: readonly CodeableConcept[]; readonly who: Reference; readonly requestor: boolean; readonly location?: Reference }[];
  readonly source: { readonly observer: Reference; readonly type: readonly Coding[] };
  readonly entity?: readonly { readonly what: Reference; readonly type: Coding; readonly role?: Coding }[];
}

export interface LocationResource extends Resource<'Location'> {
  readonly identifier: readonly Identifier[];
  readonly status: 'active';
  readonly name: string;
  readonly alias?: readonly string[];
  readonly mode: 'instance';
  readonly physicalType: CodeableConcept;
}

export type IssueCode = 'invalid' | 'value' | 'not-found' | 'not-supported' | 'login' | 'forbidden' | 'suppressed' | 'throttled' | 'too-long' | 'exception' | 'transient';

export interface OperationOutcome {
  readonly resourceType: 'OperationOutcome';
  readonly issue: readonly { readonly severity: 'error' | 'warning' | 'information'; readonly code: IssueCode; readonly diagnostics: string; /** Of a parameter: `http.<name>`. */ readonly location?: readonly string[] }[];
}

export type KeptResource = PatientResource | EncounterResource | AllergyIntoleranceResource | ObservationResource | TaskResource | AuditEventResource | LocationResource;
export type ResourceType = KeptResource['resourceType'];

/** Of a search. R4 §3.1.1.3. */
export interface Bundle {
  readonly resourceType: 'Bundle';
  readonly type: 'searchset';
  readonly total?: number;
  readonly link: readonly { readonly relation: 'self' | 'next'; readonly url: string }[];
  readonly entry?: readonly { readonly fullUrl?: string; readonly resource: KeptResource | OperationOutcome; readonly search: { readonly mode: 'match' | 'outcome' } }[];
}
