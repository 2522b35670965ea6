import { defineDocument } from '../graphql/client.ts';
import { localized } from '../graphql/fragments.ts';
import type { Named, RoleAssignment } from '../people/model.ts';

/** How near the end is, the most pressing first. */
export const licenceStages = ['ENDED', 'WITHIN_7_DAYS', 'WITHIN_30_DAYS', 'WITHIN_60_DAYS'] as const;
export type LicenceStage = (typeof licenceStages)[number];

/** A licence that ends soon or has ended, and what its person loses by that. */
export interface EndingLicence {
  readonly id: string;
  readonly person: Named;
  readonly code: string;
  readonly identifier: string | null;
  readonly validUntil: string;
  readonly stage: LicenceStage;
  /** Days of the hospital's calendar until the last one on which it holds; negative after it. */
  readonly daysLeft: number;
  readonly losses: readonly (Pick<RoleAssignment, 'id' | 'role' | 'unit' | 'unitName' | 'kind'> & { readonly person: Named })[];
}

/** How many there are of each stage. */
export interface LicenceCounts {
  readonly ended: number;
  readonly within7Days: number;
  readonly within30Days: number;
  readonly within60Days: number;
}

const licence = `{ id person { id displayName } code identifier validUntil stage daysLeft losses { id role unit unitName ${localized} kind person { id displayName } } }`;

export const endingLicencesDocument = defineDocument<{ endingLicences: LicenceCounts & { readonly licences: readonly EndingLicence[] } }, { stage: LicenceStage | null }>(`
  query EndingLicences($stage: LicenceStage) { endingLicences { ended within7Days within30Days within60Days licences(stage: $stage) ${licence} } }
`);

/** Read again and again for the mark in the rail. */
export const licenceCountsDocument = defineDocument<{ endingLicences: LicenceCounts }, Record<string, never>>(`
  query LicenceCounts { endingLicences { ended within7Days within30Days within60Days } }
`);

export const ownEndingLicencesDocument = defineDocument<{ ownRoles: { readonly endingLicences: readonly EndingLicence[] } }, Record<string, never>>(`
  query OwnEndingLicences { ownRoles { endingLicences ${licence} } }
`);
