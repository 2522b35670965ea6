/**
 * The rule sets that judge an order at signing: those that `processes/inpatient-order-loop` asks then, and of the rule
 * library what the order's facts suffice for.
 */
export const signingRuleSets = ['allergy', 'dose', 'interaction', 'duplicate', 'pregnancy-lactation', 'insurance-limits'] as const;
