import type { LocalizedText } from '../i18n/localized-text.ts';

/** What the screens read of the gateway's schema. Field names are the schema's own. */
export type JsonObject = { readonly [key: string]: unknown };

export interface Connection<Node> {
  readonly edges: readonly { readonly node: Node }[];
  readonly totalCount?: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

export interface Viewer {
  readonly id: string;
  readonly username: string;
  readonly displayName: string;
  readonly kind: string;
  readonly roles: readonly string[];
  readonly unit: string | null;
  readonly unitName: LocalizedText | null;
  readonly assignments: readonly ViewerRole[];
  /** With which drafts are encrypted on this device. */
  readonly draftKey?: string | null;
}

/** A role that the viewer has now. */
export interface ViewerRole {
  readonly role: string;
  readonly unit: string | null;
  readonly unitName: LocalizedText | null;
  /** For whom, where it was passed on. */
  readonly onBehalfOf: { readonly id: string; readonly displayName: string } | null;
}

export interface Allergy {
  readonly substance: string;
  readonly reactionClass: string;
}

export interface Encounter {
  readonly id: string;
  readonly bed: string;
  /** The ward's id. */
  readonly ward: string;
  readonly wardName: LocalizedText;
  readonly wristband: string;
}

export interface Ward {
  readonly id: string;
  readonly name: LocalizedText;
}

export interface Patient {
  readonly id: string;
  readonly patientId: string;
  readonly name: string;
  readonly gender: string;
  /** Null where it is hidden. */
  readonly birthDate: string | null;
  readonly age: number | null;
  readonly isSynthetic: boolean;
  /** recorded | none-known | not-asked; null where it is hidden. */
  readonly allergyStatus: string | null;
  readonly allergies: readonly Allergy[];
  readonly encounter: Encounter | null;
  readonly weightKg: number | null;
  /** Fields that the access policy hides from the viewer. */
  readonly maskedFields: readonly string[];
}

export interface TaskForm {
  readonly schema: JsonObject;
  readonly uiSchema?: JsonObject | null;
  readonly title?: LocalizedText | null;
}

/** A person as tasks name them. */
export interface Person {
  readonly id: string;
  readonly displayName: string;
}

/** A first person has done it; another one has to verify it. */
export interface TaskVerification {
  readonly performedBy: readonly Person[];
  readonly performedAt: string;
  readonly until: string | null;
}

export interface Task {
  readonly id: string;
  readonly taskId: string;
  readonly elementId: string;
  readonly name: LocalizedText | null;
  readonly status: 'open' | 'completed' | 'cancelled';
  readonly candidateRoles: readonly string[];
  readonly assignee: Person | null;
  /** Who has delegated it and gets it back. */
  readonly owner: Person | null;
  /** Whom the viewer can hand it to; asked for on the task's own page only. */
  readonly delegates?: readonly Person[];
  readonly verification: TaskVerification | null;
  readonly followUpAt: string | null;
  readonly unit: string | null;
  readonly dueAt: string | null;
  readonly priority: number;
  readonly patient: Patient | null;
  readonly input: JsonObject | null;
  readonly presentation: 'form' | 'bedsideScan' | null;
  readonly why: LocalizedText | null;
  readonly createdAt: string;
  readonly endedAt: string | null;
  readonly maskedFields: readonly string[];
  readonly canClaim: boolean;
  readonly canComplete: boolean;
  readonly processInstance: { readonly id: string; readonly processInstanceId: string; readonly processKey: string; readonly definition: { readonly name: LocalizedText } } | null;
  /** Only on the page of one task. */
  readonly form?: TaskForm | null;
}

export type InstanceStatus = 'created' | 'running' | 'paused' | 'completed' | 'cancelled' | 'failed';

/** A value that a process declares. */
export interface VariableDeclaration {
  readonly name: string;
  /** string | number | boolean | date | dateTime | object | list */
  readonly type: string;
  readonly required: boolean;
  readonly description: LocalizedText | null;
}

/** A step where the process stands now. */
export interface ActiveElement {
  readonly elementId: string;
  readonly elementInstanceId: string;
  readonly since: string | null;
}

export interface CompletedElement {
  readonly elementId: string;
  /** How often it completed. */
  readonly times: number;
}

export interface Incident {
  readonly id: string;
  readonly incidentId: string;
  readonly elementId: string;
  readonly elementName: LocalizedText | null;
  readonly kind: 'failed' | 'outcomeUnknown';
  readonly code: string;
  readonly message: string;
  readonly allowed: readonly string[];
  readonly raisedAt: string;
  readonly resolvedAt: string | null;
  readonly processInstance?: { readonly id: string; readonly processInstanceId: string; readonly businessKey: string | null; readonly processKey: string; readonly definition: { readonly name: LocalizedText } } | null;
}

export interface Decision {
  readonly id: string;
  /** UUID, as entries name it. */
  readonly decisionId: string;
  readonly ruleSet: string;
  readonly version: string;
  readonly level: string | null;
  readonly facts: JsonObject | null;
  readonly explanation: unknown;
  readonly decidedAt: string;
}

export interface AuditEntry {
  readonly id: string;
  readonly sequence: string;
  readonly recordedAt: string;
  readonly occurredAt: string;
  readonly lateEntry: boolean;
  readonly taskId: string | null;
  readonly actor: { readonly id: string; readonly kind: string; readonly displayName: string | null; readonly roles: readonly string[] };
  readonly action: string;
  readonly processInstanceId: string | null;
  readonly elementId: string | null;
  readonly elementName: LocalizedText | null;
  readonly reason: string | null;
  readonly ruleSet: string | null;
  readonly ruleSetVersion: string | null;
  readonly decisionId: string | null;
  readonly before: unknown;
  readonly after: unknown;
  readonly detail: unknown;
  readonly leafIndex: string | null;
  readonly sentence: LocalizedText | null;
}

/** Another case, as far as a link to it needs. */
export interface RelatedInstance {
  readonly id: string;
  readonly processInstanceId: string;
  readonly businessKey: string | null;
  readonly status: InstanceStatus;
  readonly definition: { readonly id: string; readonly name: LocalizedText };
}

export interface ProcessInstance {
  readonly id: string;
  readonly processInstanceId: string;
  readonly processKey: string;
  readonly businessKey: string | null;
  readonly status: InstanceStatus;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  /** Of a failed one: the modelled error with which it ended. */
  readonly errorCode: string | null;
  readonly maskedFields: readonly string[];
  readonly definition: { readonly id: string; readonly key: string; readonly version: string; readonly name: LocalizedText; readonly hash: string; readonly document?: unknown };
  readonly activeElements: readonly ActiveElement[];
  readonly completedElements: readonly CompletedElement[];
  readonly variables?: JsonObject | null;
  readonly patient: Patient | null;
  readonly tasks?: readonly Task[];
  readonly incidents: readonly Incident[];
}

export interface Alert {
  readonly id: string;
  readonly severity: string;
  readonly code: string;
  readonly text: LocalizedText;
  readonly processInstanceId: string | null;
  readonly patient: Patient | null;
  readonly raisedAt: string;
  readonly acknowledgedAt: string | null;
  readonly acknowledgedBy: string | null;
  readonly unit: string | null;
}

/** The rows of a connection, in order. */
export function nodesOf<Node>(connection: Connection<Node> | null | undefined): readonly Node[] {
  return connection?.edges.map((edge) => edge.node) ?? [];
}
