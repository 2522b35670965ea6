import { isMultiFactor } from './authentication.ts';
import type { Role } from './policy.ts';

/** Whom the hospital wants to have a second factor: `CARELOOP_SECOND_FACTOR`. */
export type SecondFactorDemand = 'administrators' | 'everybody' | 'nobody';

/** Roles that see or change what all others rely on: they sign in with a second factor unless the hospital wants nobody to. */
export const secondFactorRoles: readonly Role[] = ['system-administrator', 'security-administrator', 'privacy-officer', 'auditor', 'operator'];

/** What a demand is judged by. */
export interface SecondFactorSubject {
  readonly id: string;
  readonly roles: readonly string[];
}

export interface SecondFactorRule {
  /** `exempt`: would be required, but the person is a synthetic one of the demo hospital. */
  demandOf(person: SecondFactorSubject): 'required' | 'exempt' | 'optional';
  /** Whether a session made in this way may do nothing but enrol a factor or show one. */
  isMissing(person: SecondFactorSubject, authenticationMethods: readonly string[]): boolean;
}

/**
 * Who must have a second factor. People of the demo hospital, whose ids begin with `demo-`, are exempt while it is
 * loaded, and never without it. OWASP ASVS 5.0 §6.3; GB/T 22239-2019 §8.1.4.1.
 */
export function createSecondFactorRule(demand: SecondFactorDemand, isDemo: boolean): SecondFactorRule {
  const demandOf: SecondFactorRule['demandOf'] = ({ id, roles }) => {
    const isWanted = demand === 'everybody' || (demand === 'administrators' && secondFactorRoles.some((role) => roles.includes(role)));
    if (!isWanted) return 'optional';
    return isDemo && id.startsWith('demo-') ? 'exempt' : 'required';
  };
  return { demandOf, isMissing: (person, methods) => demandOf(person) === 'required' && !isMultiFactor(methods) };
}
