import type { Viewer } from '../graphql/model.ts';

const owners = ['pharmacist', 'head-nurse', 'doctor', 'finance', 'process-owner'];

/** Who may see how rule sets were tried: saved cases and backtests. The gateway decides again. */
export function maySeeTrials({ roles }: Pick<Viewer, 'roles'>): boolean {
  return roles.some((role) => role === 'auditor' || owners.includes(role));
}

/** Who may start a backtest, and write rules of some domain; of which one, the rule set says. An auditor only looks. */
export function mayWriteRules({ roles }: Pick<Viewer, 'roles'>): boolean {
  return roles.some((role) => owners.includes(role));
}
