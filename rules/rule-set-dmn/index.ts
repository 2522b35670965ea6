export { fromDmn, ruleSetsOf, type ImportedRuleSet, type RemainingDecision, type RuleSetsOfDmn } from './from-dmn.ts';
export { toDmn, type DmnOfRuleSet } from './to-dmn.ts';
