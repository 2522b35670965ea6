import { evaluateDecision, fromDecisionModel, parseDmnXml, toDecisionModel, writeDmnXml, type DecisionModel } from '#dmn';
import { equal, feelText, isContext } from '../../rules/feel/standard/index.ts';
import { isOwnLevel, tckCases } from './dmn-tck/tck-cases.ts';

const cases = tckCases();
const models = new Map<string, DecisionModel>();

/** Models that are not DMN are left out: what imports them says so. */
function othersOf(name: string, others: readonly string[]): DecisionModel[] {
  return others.flatMap((xml, index) => (parseDmnXml(xml).document ? [modelOf(`${name} beside ${index}`, xml)] : []));
}

function modelOf(name: string, xml: string): DecisionModel {
  let model = models.get(name);
  if (!model) {
    const { document, findings } = parseDmnXml(xml);
    if (!document) throw new Error(`Expected ${name} to be DMN, but ${findings.map(({ message }) => message).join('; ')}`);
    model = toDecisionModel(document).model;
    models.set(name, model);
  }
  return model;
}

/** Equal by value; numbers to twelve digits, since the expected ones are cut at different places. */
function agrees(actual: unknown, expected: unknown): boolean {
  if (typeof actual === 'number' && typeof expected === 'number') return Math.abs(actual - expected) <= 1e-12 * Math.max(1, Math.abs(expected));
  if (Array.isArray(actual) && Array.isArray(expected)) return actual.length === expected.length && actual.every((item, index) => agrees(item, expected[index]));
  if (isContext(actual) && isContext(expected)) return Object.keys(actual).length === Object.keys(expected).length && Object.keys(expected).every((key) => Object.hasOwn(actual, key) && agrees(actual[key], expected[key]));
  return equal(actual, expected) === true;
}

/** The value that is meant: of a service with several outputs, the one of the decision that the result names. */
function outputOf(value: unknown, output: string | undefined): unknown {
  return output !== undefined && isContext(value) && Object.hasOwn(value, output) ? value[output] : value;
}

const suite = cases.length > 0 ? describe : describe.skip;

suite('the DMN TCK through import and evaluation (skipped without it)', () => {
  it.each(cases.map((test) => [`${test.model} ${test.id}`, test] as const))('%s', (_name, { model, xml, others, inputs, results }) => {
    for (const { node, output, expected, isError } of results) {
      const { value: answer, errors } = evaluateDecision(modelOf(model, xml), node, inputs, { at: '2026-11-23T08:00:00Z', imported: othersOf(model, others) });

      const value = outputOf(answer, output);
      const agreed = agrees(value, isError ? null : expected);

      // A null that is expected may have a reason, also inside of a value: to the TCK both are the same. Our own level has none.
      expect({ node, agrees: agreed, value: feelText(value, true), errors: isError || expected === null || (agreed && !isOwnLevel) ? [] : errors }).toEqual({ node, agrees: true, value: expect.any(String), errors: [] });
    }
  });

  it.each([...new Map(cases.map(({ model, xml }) => [model, xml]))])('%s is the same after an export', (name, xml) => {
    const { document } = parseDmnXml(xml);
    if (!document) throw new Error(`Expected ${name} to be DMN`);

    expect(parseDmnXml(writeDmnXml(document)).document).toEqual(document);

    const imported = toDecisionModel(document);
    const rebuilt = parseDmnXml(writeDmnXml(fromDecisionModel(imported.model))).document;
    expect(rebuilt && toDecisionModel(rebuilt)).toEqual(imported);
  });
});

describe('the comparison of results', () => {
  it.each([[1, 1 + 1e-14], [[1, { a: 'x' }], [1, { a: 'x' }]], [null, null]])('accepts %j for %j', (actual, expected) => {
    expect(agrees(actual, expected)).toBe(true);
  });

  it.each([[1, 1.000001], [[1], [1, 2]], [{ a: 1 }, { a: 1, b: null }], [null, 0], ['1', 1], [true, 'true']])('refuses %j for %j', (actual, expected) => {
    expect(agrees(actual, expected)).toBe(false);
  });
});
