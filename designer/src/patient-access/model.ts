import type { Person } from '../graphql/model.ts';
import type { LocalizedText } from '../i18n/localized-text.ts';

/** As much of a patient as tells one from another. */
export interface PatientIdentity {
  readonly patientId: string;
  readonly name: string;
  /** Null where a label hides who it is. */
  readonly birthYear: number | null;
  readonly isSynthetic: boolean;
  readonly bed: string | null;
  readonly wardName: LocalizedText | null;
  readonly isVisible: boolean;
}

export const emergencyReasons = ['RESUSCITATION', 'URGENT_TREATMENT', 'COVER_WITHOUT_RECORD', 'OTHER'] as const;
export type EmergencyReason = (typeof emergencyReasons)[number];

export const reviewOutcomes = ['JUSTIFIED', 'NOT_JUSTIFIED', 'NEEDS_INQUIRY'] as const;
export type ReviewOutcome = (typeof reviewOutcomes)[number];

export interface AccessReview {
  readonly id: string;
  readonly outcome: ReviewOutcome;
  readonly comment: string;
  readonly reviewedBy: Person;
  readonly reviewedAt: string;
}

export interface AccessLogEntry {
  readonly sequence: string;
  readonly at: string;
  readonly action: string;
  readonly relation: string | null;
  readonly sentence: LocalizedText;
}

export interface EmergencyAccess {
  readonly id: string;
  readonly patient: PatientIdentity;
  readonly person: Person;
  readonly reasonCode: EmergencyReason;
  readonly reason: string;
  readonly startedAt: string;
  readonly expiresAt: string;
  readonly endedAt: string | null;
  readonly isOpen: boolean;
  /** By the server’s clock, when it was read. */
  readonly secondsLeft: number;
  /** The first one counts. */
  readonly reviews: readonly AccessReview[];
}

export type AccessStatus = 'OPEN' | 'TO_REVIEW' | 'REVIEWED';

export const careTeamReasons = ['CONSULTATION', 'TRANSFER', 'FOLLOW_UP'] as const;
export type CareTeamReason = (typeof careTeamReasons)[number];

export interface CareTeamMember {
  readonly id: string;
  readonly person: Person;
  readonly reasonCode: CareTeamReason;
  readonly validUntil: string;
}

export interface Carer {
  readonly id: string;
  readonly displayName: string;
  readonly roles: readonly string[];
  readonly unitName: LocalizedText | null;
}

export const labelCodes = ['HIV', 'PSY', 'CEL'] as const;
export type LabelCode = (typeof labelCodes)[number];

export interface SensitivityLabel {
  readonly id: string;
  readonly code: LabelCode;
  readonly reason: string;
  readonly setBy: Person;
  readonly setAt: string;
}
