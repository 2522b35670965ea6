import type { InstanceStatus } from '../graphql/model.ts';
import type { LocalizedText } from '../i18n/localized-text.ts';
import type { ImportedFile } from './files/model.ts';
import type { Person } from './person.ts';
import type { RuleSetDomain } from './rule-set-domain.ts';

// What the rule pages read of the gateway's schema. Field names are the schema's own.

export type VersionStatus = 'SCHEDULED' | 'IN_EFFECT' | 'SUPERSEDED' | 'RECALLED';
export type SuspensionStatus = 'UNCONFIRMED' | 'CONFIRMED' | 'LIFT_REQUESTED' | 'LIFTED';

/** What the viewer's role allows; the gateway decides again, and who has changed something is checked there. */
export interface Rights {
  readonly edit: boolean;
  readonly approve: boolean;
  /** Suspend, confirm, lift, recall and sign. */
  readonly suspend: boolean;
}

interface RuleSetFrame {
  readonly key: string;
  readonly name: LocalizedText;
  readonly domain: RuleSetDomain;
  readonly ownerRole: string;
  readonly viewerCan: Rights;
  readonly inEffect: { readonly version: string; readonly effectiveAt: string } | null;
}

/** What the list is narrowed to. */
export type RuleSetShow = 'TO_REVIEW' | 'DRAFT' | 'SUSPENDED';

/** A rule set in the list. */
export interface RuleSetRow extends RuleSetFrame {
  readonly versions: readonly { readonly version: string; readonly status: VersionStatus; readonly effectiveAt: string }[];
  readonly draft: { readonly savedAt: string; readonly savedBy: Person; readonly returned: ReturnedReview | null } | null;
  readonly review: { readonly id: string; readonly version: string; readonly requestedAt: string; readonly requestedBy: Person; readonly mayApprove: boolean } | null;
  readonly suspensions: readonly { readonly id: string; readonly status: SuspensionStatus; readonly isOverdue: boolean }[];
}

export interface RuleSetVersion {
  readonly version: string;
  readonly hash: string;
  readonly status: VersionStatus;
  readonly effectiveAt: string;
  readonly supersededAt: string | null;
  readonly publishedAt: string;
  readonly publishedBy: Person;
  readonly decisionCount: number;
  /** Null for what came with a process folder. */
  readonly review: { readonly requestedBy: Person; readonly comment: string; readonly verdict: { readonly comment: string } | null } | null;
  readonly recall: { readonly recalledAt: string; readonly recalledBy: Person; readonly reason: string; readonly inEffectInstead: string } | null;
}

export interface Review {
  readonly id: string;
  readonly version: string;
  readonly hash: string;
  readonly requestedAt: string;
  readonly requestedBy: Person;
  readonly comment: string;
  /** At once when null. */
  readonly effectiveAt: string | null;
  readonly editors: readonly Person[];
  /** The viewer has had no part in it. */
  readonly mayApprove: boolean;
  readonly verdict: { readonly kind: 'APPROVED' | 'RETURNED'; readonly decidedAt: string; readonly decidedBy: Person; readonly comment: string; readonly effectiveAt: string | null } | null;
}

/** A review of the draft that was given back to its writers, or withdrawn by who asked for it. */
export interface ReturnedReview {
  readonly version: string;
  readonly requestedBy: Person;
  readonly verdict: { readonly decidedAt: string; readonly decidedBy: Person; readonly comment: string } | null;
}

export interface Suspension {
  readonly id: string;
  readonly ruleId: string;
  readonly ruleName: LocalizedText;
  readonly suspendedAt: string;
  readonly suspendedBy: Person;
  readonly reason: string;
  readonly status: SuspensionStatus;
  readonly confirmBy: string;
  readonly isOverdue: boolean;
  readonly acts: readonly { readonly kind: string; readonly at: string; readonly by: Person; readonly reason: string }[];
}

/** An element of a current process version that asks the rule set. */
export interface RuleSetUse {
  readonly process: { readonly id: string; readonly key: string; readonly version: string; readonly name: LocalizedText };
  readonly elementId: string;
  readonly elementName: LocalizedText | null;
  /** inEffect | pinned */
  readonly binding: string;
  readonly version: string | null;
}

/** A rule set over all its versions. */
export interface RuleSetDetail extends RuleSetFrame {
  /** What a change gives as `expectedRevision`, also when there is no draft. */
  readonly revision: number;
  /** Newest effect first. */
  readonly versions: readonly RuleSetVersion[];
  readonly draft: { readonly revision: number; readonly basedOn: string | null; readonly savedAt: string; readonly savedBy: Person; readonly editors: readonly Person[]; readonly returned: ReturnedReview | null; readonly imported: ImportedFile | null } | null;
  readonly review: Review | null;
  readonly reviews: readonly Review[];
  /** Those in force first. */
  readonly suspensions: readonly Suspension[];
  readonly usedIn: readonly RuleSetUse[];
}

/** A rule of a version, as it judges now. */
export interface RuleState {
  readonly id: string;
  readonly name: LocalizedText;
  /** HARD | UNKNOWN | PHARMACIST | WARN | PASS, as it is written. */
  readonly level: string;
  /** WARN at most while the rule only advises. */
  readonly effectiveLevel: string;
  readonly grade: string;
  readonly adviseOnly: boolean;
  readonly isSigned: boolean;
  readonly needsSignature: boolean;
  readonly suspension: { readonly id: string; readonly status: SuspensionStatus; readonly isOverdue: boolean } | null;
}

/** One document of a rule set: exactly one of the three. */
export type RuleSetSide = { readonly version: string } | { readonly reviewId: string } | { readonly draft: true };

/** One field that differs; `path` from its entry on, such as `conditions.all.1.value`. Null where it is not there. */
export interface FieldChange {
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** A rule, input or output that differs. */
export interface EntryChange {
  /** The rule's id; the name of an input or output. */
  readonly id: string;
  readonly kind: 'ADDED' | 'REMOVED' | 'CHANGED' | 'MOVED';
  readonly name: LocalizedText | null;
  /** From 0. */
  readonly fromIndex: number | null;
  /** From 0. */
  readonly toIndex: number | null;
  readonly fields: readonly FieldChange[];
}

export interface RuleSetDifference {
  readonly from: string;
  readonly to: string;
  readonly document: readonly FieldChange[];
  readonly inputs: readonly EntryChange[];
  readonly outputs: readonly EntryChange[];
  readonly rules: readonly EntryChange[];
}

export interface OpenCase {
  readonly id: string;
  readonly processInstanceId: string;
  readonly businessKey: string | null;
  readonly status: InstanceStatus;
  readonly endedAt: string | null;
  readonly definition: { readonly id: string; readonly name: LocalizedText };
}

/** What keeps a document from being reviewed. `path` into the document: `rules.0.conditions.all.1.value`. */
export interface RuleFinding {
  readonly code: string;
  readonly path: string;
  readonly ruleId?: string | null;
  readonly message: string;
}
