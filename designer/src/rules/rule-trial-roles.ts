import type { Viewer } from '../graphql/model.ts';
import type { RuleSetDomain } from './rule-set-domain.ts';

const owners = ['pharmacist', 'head-nurse', 'doctor', 'finance', 'process-owner'];

/** Who may see how rule sets were tried: saved cases and backtests. The gateway decides again. */
export function maySeeTrials({ roles }: Pick<Viewer, 'roles'>): boolean {
  return roles.some((role) => role === 'auditor' || owners.includes(role));
}

/** Who may start a backtest, and write rules of some domain; of which one, the rule set says. An auditor only looks. */
export function mayWriteRules({ roles }: Pick<Viewer, 'roles'>): boolean {
  return roles.some((role) => owners.includes(role));
}

const ownerOf: Readonly<Record<RuleSetDomain, string>> = { PHARMACY: 'pharmacist', NURSING: 'head-nurse', MEDICAL: 'doctor', FINANCE: 'finance' };

/** Domains in which the viewer may begin a rule set or write a draft. */
export function writableDomains({ roles }: Pick<Viewer, 'roles'>): readonly RuleSetDomain[] {
  return (['PHARMACY', 'NURSING', 'MEDICAL', 'FINANCE'] as const).filter((domain) => roles.includes(ownerOf[domain]) || roles.includes('process-owner'));
}
