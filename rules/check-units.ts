import { checkRuleSet } from './check-rule-set.ts';
import type { RuleSetDocument } from './rule-set.ts';
import type { RuleSetFinding } from './rule-set-error.ts';
import { ucumProblem } from './ucum/index.ts';

/**
 * Everything that keeps a draft from being reviewed: what `checkRuleSet` finds, then UNIT_INVALID for each input and output whose unit is
 * not one of UCUM. Units are not asked when a rule set is evaluated: a published one goes on to judge as it did, and can be rolled back to.
 */
export function checkForReview(document: unknown): readonly RuleSetFinding[] {
  const findings = checkRuleSet(document);
  // With other findings it may have any form.
  return findings.length > 0 ? findings : checkUnits(document as RuleSetDocument);
}

function checkUnits({ inputs, outputs }: RuleSetDocument): readonly RuleSetFinding[] {
  const of = (kind: 'inputs' | 'outputs', declared: readonly { readonly name: string; readonly unit?: string | undefined }[]): RuleSetFinding[] =>
    declared.flatMap(({ name, unit }, index) => {
      const problem = unit === undefined ? undefined : ucumProblem(unit);
      return problem ? [{ code: 'UNIT_INVALID', message: `Expected a unit of UCUM for ${name}${problem.nearest === undefined ? '' : ` such as ${problem.nearest}`}, but it is none`, path: `${kind}.${index}.unit` }] : [];
    });
  return [...of('inputs', inputs), ...of('outputs', outputs)];
}
