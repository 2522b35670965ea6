import { latestLocal, readingsOf, type ObservationRow } from './observation-codes.ts';

/** Ages at which a woman is asked about pregnancy; exams-lab.md 3.1. */
const childbearingYears = { from: 12, to: 50 };

/** `notApplicable`: a man, or an age at which nobody is asked. `unknown` is not asked, or asked too long ago. */
export type ReproductiveStatus = 'yes' | 'no' | 'unknown' | 'notApplicable';

export interface ReproductiveFacts {
  readonly pregnancyStatus: ReproductiveStatus;
  readonly lactationStatus: ReproductiveStatus;
  /** Completed weeks; only of a pregnancy that is known. */
  readonly gestationalWeeks?: number;
}

/**
 * What is known about pregnancy and lactation. Observations reach back a month, so that an older answer is
 * `unknown`, never "no"; a recorded pregnancy counts at any age.
 */
export function reproductiveFacts({ gender, ageYears, observations }: { readonly gender: string; readonly ageYears: number | undefined; readonly observations: readonly ObservationRow[] }): ReproductiveFacts {
  // Of an age that is not known nobody can say that she need not be asked.
  const isAsked = gender !== 'male' && (ageYears === undefined || (ageYears >= childbearingYears.from && ageYears <= childbearingYears.to));
  const statusOf = (kind: 'pregnant' | 'lactating'): ReproductiveStatus => {
    const latest = latestLocal(observations, kind);
    if (latest?.value === 1) return 'yes';
    if (!isAsked) return 'notApplicable';
    return latest ? 'no' : 'unknown';
  };
  const pregnancyStatus = statusOf('pregnant');
  const weeks = readingsOf(observations, 'gestationalWeeks')[0]?.value;
  return { pregnancyStatus, lactationStatus: statusOf('lactating'), ...(pregnancyStatus === 'yes' && weeks !== undefined ? { gestationalWeeks: weeks } : {}) };
}
