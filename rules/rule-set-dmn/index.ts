export { fromDmn, ruleSetsOf, type CellOfDmn, type ImportedRuleSet, type RemainingDecision, type RuleSetDmnFinding, type RuleSetsOfDmn } from './from-dmn.ts';
export { toDmn, type DmnOfRuleSet } from './to-dmn.ts';
