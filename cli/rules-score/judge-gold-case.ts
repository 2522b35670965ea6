import { clinicalOrderSchema, orderFacts, signingRuleSets, type ClinicalOrder, type OrderContext } from '#activities';
import { goldFormulary, type GoldCase, type GoldOrder, type GoldProduct } from '#gold-set';
import { compileRuleSet, evaluateRuleSet, selectFacts, type CompiledRuleSet, type Finding, type RuleSetDocument } from '#rules';

/** A finding with the rule set that made it. */
export interface JudgedFinding extends Finding {
  readonly ruleSet: string;
}

/** Everything that the signing rule sets say about one case. */
export type GoldJudge = (goldCase: GoldCase) => readonly JudgedFinding[];

/**
 * Judges cases as `checkOrder` does, without its database: the same facts from the same rows, by the same rule
 * sets. Throws for a rule set that is not among the documents or cannot decide: a score must not pass over it.
 */
export function createGoldJudge(documents: readonly RuleSetDocument[]): GoldJudge {
  const compiled = signingRuleSets.map((key): readonly [string, CompiledRuleSet] => {
    const document = documents.find((candidate) => candidate.key === key);
    if (!document) throw new Error(`Expected a rule set "${key}", but there is none`);
    return [key, compileRuleSet(document)];
  });
  return (goldCase) => {
    const gathered = orderFacts(contextOf(goldCase));
    return compiled.flatMap(([ruleSet, one]) => {
      const { facts, ...ages } = selectFacts(one, { facts: gathered });
      const result = evaluateRuleSet(one, facts, { at: goldCase.at, ...ages });
      if (result.failure) throw new Error(`Expected the rule set "${ruleSet}" to decide ${goldCase.id}, but it failed: ${result.failure.message}`);
      return result.findings.map((finding) => ({ ...finding, ruleSet }));
    });
  };
}

function contextOf({ at, ward, order, patient, allergies, observations, activeOrders, endedOrders }: GoldCase): OrderContext {
  return {
    at,
    order: orderOf(order, ward, at),
    patient: { ...patient, birthDate: new Date(patient.birthDate) },
    allergies: allergies.map((allergy) => ({ ...allergy, groups: [...goldFormulary.values()].filter(({ ingredient }) => ingredient === allergy.substance).flatMap(({ groups }) => groups) })),
    observations: observations.map((row) => ({ ...row, observedAt: new Date(row.observedAt) })),
    medication: productOf(order.medicationCode),
    activeOrders: activeOrders.map((active) => ({ ...orderOf(active, ward, at), product: productOf(active.medicationCode) })),
    endedOrders: endedOrders.map(({ medicationCode, lastGivenAt }) => ({ ingredient: productOf(medicationCode).ingredient, groups: productOf(medicationCode).groups, lastGivenAt })),
  };
}

function orderOf(order: GoldOrder, ward: string, at: string): ClinicalOrder {
  const { ingredient, groups } = productOf(order.medicationCode);
  return clinicalOrderSchema.parse({ ...order, orderId: 'unsigned', patientId: 'gold', encounterId: 'gold', ward, ingredient, groups, startAt: at, orderedBy: 'gold' });
}

function productOf(code: string): GoldProduct {
  const product = goldFormulary.get(code);
  if (!product) throw new Error(`Expected ${code} in the formulary of the gold set, but it is not there`);
  return product;
}
