import type { Viewer } from '../graphql/model.ts';

const owners = ['pharmacist', 'head-nurse', 'doctor', 'finance', 'process-owner'];

/** Who may try rule sets: saved cases and backtests. The gateway decides again. */
export function mayTryRules({ roles }: Pick<Viewer, 'roles'>): boolean {
  return roles.some((role) => role === 'auditor' || owners.includes(role));
}

/** Who may write rules of some domain; of which one, the rule set says. */
export function mayWriteRules({ roles }: Pick<Viewer, 'roles'>): boolean {
  return roles.some((role) => owners.includes(role));
}
