/** How much each account, client and address may ask. */
export { createLimits, type Limits, type Verdict } from './create-limits.ts';
export { limitNumbers, type LimitNumbers } from './limit-numbers.ts';
export { createOperationCosts, operationCost } from './operation-cost.ts';
