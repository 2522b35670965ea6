import { builder } from '../builder.ts';

/** Domains of rules; each has a role that owns it. */
export const RuleSetDomainEnum = builder.enumType('RuleSetDomain', { values: { PHARMACY: { value: 'pharmacy' }, NURSING: { value: 'nursing' }, MEDICAL: { value: 'medical' }, FINANCE: { value: 'finance' } } as const });
