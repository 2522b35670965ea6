/** Whose rules they are: the role of the domain approves them. */
export type RuleSetDomain = 'PHARMACY' | 'NURSING' | 'MEDICAL' | 'FINANCE';
