import { evaluateDecision, parseDmnXml, toDecisionModel, type BoxedExpression, type DecisionModel } from '#dmn';
import { compiledOutcome, feelinOutcome, type FeelOutcome } from '../../rules/feel/feelin-outcome.ts';
import { tckCases } from './dmn-tck/tck-cases.ts';

interface FeelText {
  readonly goal: 'expression' | 'unaryTests';
  readonly source: string;
}

/** Every text of FEEL in an expression: literals, and the columns and cells of tables. */
function textsOf(value: unknown): FeelText[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value !== 'object' || value === null) return [];
  // Whatever has a kind is an expression.
  const boxed = value as BoxedExpression;
  if (boxed.kind === 'literal') return [{ goal: 'expression', source: boxed.text }];
  if (boxed.kind !== 'decisionTable') return Object.values(value).flatMap(textsOf);
  return [
    ...boxed.inputs.map(({ expression }): FeelText => ({ goal: 'expression', source: expression })),
    ...boxed.rules.flatMap((rule) => [...rule.inputs.map((source): FeelText => ({ goal: 'unaryTests', source })), ...rule.outputs.map((source): FeelText => ({ goal: 'expression', source }))]),
  ].filter(({ source }) => source.trim() !== '' && source.trim() !== '-');
}

const models = new Map<string, DecisionModel>();
function modelOf(name: string, xml: string): DecisionModel {
  const known = models.get(name);
  if (known) return known;
  const { document } = parseDmnXml(xml);
  if (!document) throw new Error(`Expected ${name} to be DMN`);
  const { model } = toDecisionModel(document);
  models.set(name, model);
  return model;
}

const at = '2026-11-23T08:00:00.000Z';
const cases = tckCases();
const suite = cases.length > 0 ? describe : describe.skip;

suite('the texts of FEEL in the DMN TCK (skipped without it)', () => {
  it('are answered compiled as by feelin, with the data of each case, wherever both have an answer', () => {
    let [compared, answered] = [0, 0];
    const differences: { readonly model: string; readonly text: FeelText; readonly compiled: FeelOutcome; readonly feelin: FeelOutcome }[] = [];
    for (const { model: name, xml, inputs, results } of cases) {
      const model = modelOf(name, xml);
      const values = results.map(({ node }) => evaluateDecision(model, node, inputs, { at }).values);
      const context: Readonly<Record<string, unknown>> = Object.assign({}, ...values, inputs);
      for (const text of textsOf([model.decisions, model.businessKnowledgeModels])) {
        for (const data of text.goal === 'expression' ? [context] : [...Object.values(inputs), null].map((value) => ({ ...context, '?': value }))) {
          const [compiled, feelin] = [compiledOutcome(text.source, data, at, text.goal), feelinOutcome(text.source, data, at, text.goal)];
          if (compiled === 'throws' || feelin === 'throws') continue;
          compared += 1;
          if (feelin.value !== 'null') answered += 1;
          if (compiled.value !== feelin.value || compiled.warned !== feelin.warned) differences.push({ model: name, text, compiled, feelin });
        }
      }
    }

    expect(differences).toEqual([]);
    expect(compared).toBeGreaterThan(2_500);
    expect(answered).toBeGreaterThan(compared / 2);
  });
});
