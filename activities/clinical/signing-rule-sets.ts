/**
 * The rule sets that judge an order at signing: those of `processes/inpatient-order-loop`, and of the rule library
 * what the order's facts suffice for.
 */
export const signingRuleSets = ['allergy', 'dose', 'interaction', 'duplicate', 'pregnancy-lactation', 'insurance-limits'] as const;
