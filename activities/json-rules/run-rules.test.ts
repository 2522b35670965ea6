import { describe, expect, it } from '@jest/globals';
import { Engine, Rule } from 'json-rules-engine';
import { runRules, type RunRulesOptions } from './index.ts';

const high = { fact: 'potassium', operator: 'greaterThan', value: 5.5 };
const rule = (type: string, conditions: object, more: object = {}): object => ({ conditions, event: { type }, ...more });
const types = async (document: unknown, facts: Record<string, unknown>, options?: RunRulesOptions): Promise<readonly string[] | string | undefined> => {
  const { events, failure } = await runRules(document, facts, options);
  return failure ? [failure.code, ...(failure.fact === undefined ? [] : [failure.fact])].join(' ') : events.map(({ type }) => type);
};
const refused = async (document: unknown): Promise<unknown> => runRules(document, {}).then(() => 'ran', (error: unknown) => error);

describe('a document of json-rules-engine', () => {
  const nested = rule('hold', { all: [high, { any: [{ fact: 'order', operator: 'equal', value: 'KCl', path: '$.drug' }, { not: { fact: 'age', operator: 'lessThan', value: 75 } }] }] }, { priority: 3, name: 'potassium' });
  const facts = { potassium: 6, order: { drug: 'KCl' }, age: 40 };

  it.each<[string, unknown]>([
    ['a list, as new Engine takes it', [nested]],
    ['one rule', nested],
    ['one rule as Rule.toJSON() writes it', new Rule(nested as ConstructorParameters<typeof Rule>[0]).toJSON()],
    ['an engine\'s rules as JSON.stringify writes them', JSON.parse(JSON.stringify([new Rule(nested as ConstructorParameters<typeof Rule>[0])]))],
    ['rules and named conditions', { rules: [rule('hold', { condition: 'risk' })], conditions: { risk: { all: [high, { condition: 'potassium chloride' }] }, 'potassium chloride': { all: [{ fact: 'order', path: '$.drug', operator: 'equal', value: 'KCl' }] } } }],
  ])('runs as %s', async (_form, document) => {
    expect(await types(document, facts)).toEqual(['hold']);
    expect(await types(document, { ...facts, potassium: 5 })).toEqual([]);
  });

  it('gives the events, results and values of json-rules-engine itself', async () => {
    const document = [nested, rule('pass', { all: [{ fact: 'codes', operator: 'everyFact:not:equal', value: 3 }, { fact: 'codes', path: '$[?(@ > 1)]', operator: 'contains', value: 2 }] }), rule('never', { any: [high] }, { priority: 9 })];
    const given = { ...facts, potassium: 5.5, codes: [1, 2] };
    const own = await new Engine(structuredClone(document) as ConstructorParameters<typeof Engine>[0]).run({ ...given });

    const result = await runRules(document, given);

    expect(result).toEqual({ events: own.events, failureEvents: own.failureEvents, results: own.results.map((each) => each.toJSON(false)), failureResults: own.failureResults.map((each) => each.toJSON(false)), fetched: [] });
    expect(result.events).toEqual([{ type: 'pass' }]);
    expect(result.failureEvents.map(({ type }) => type)).toEqual(['never', 'hold']);
    expect(result.failureResults[0]).toMatchObject({ result: false, conditions: { any: [{ factResult: 5.5, valueResult: 5.5, result: false }] } });
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });

  it('does without facts that have no name, and takes any time limit', async () => {
    expect(await types([nested], { ...facts, '': 1 }, { timeoutMs: Number.POSITIVE_INFINITY })).toEqual(['hold']);
  });

  it('is left as it was', async () => {
    const document = [rule('hold', { all: [{ ...high, priority: '3' }] })];
    const before = structuredClone(document);

    await runRules(document, { potassium: 6 });

    expect(document).toEqual(before);
  });

  it('knows json-rules-engine\'s options', async () => {
    expect(await types([rule('absent', { not: high })], {})).toBe('FACT_UNDEFINED potassium');
    expect(await types([rule('absent', { not: high })], {}, { allowUndefinedFacts: true })).toEqual(['absent']);
    expect(await types([rule('either', { any: [{ condition: 'none' }, high] })], { potassium: 6 }, { allowUndefinedConditions: true })).toEqual(['either']);
    const { events } = await runRules([{ conditions: { all: [high] }, event: { type: 'hold', params: { value: { fact: 'potassium' } } } }], { potassium: 6 }, { replaceFactsInEventParams: true });
    expect(events).toEqual([{ type: 'hold', params: { value: 6 } }]);
  });

  it.each(['error', 'success', 'failure', 'newListener'])('may call an event %s', async (type) => {
    const seen: string[] = [];

    expect(await types([rule(type, { all: [high] })], { potassium: 6 }, { onSuccess: (event) => void seen.push(event.type) })).toEqual([type]);
    expect(seen).toEqual([type]);
  });
});

describe('facts on demand', () => {
  it('are fetched when a condition reads them, once for the same params', async () => {
    const asked: unknown[] = [];
    const fetch = (params: unknown): Promise<number> => {
      asked.push(params);
      return Promise.resolve(6);
    };
    const lab = { fact: 'lab', params: { code: 'K' }, operator: 'greaterThan', value: 5.5 };
    const document = [rule('first', { all: [lab] }, { priority: 2 }), rule('second', { all: [lab, { ...lab, params: { code: 'Na' }, operator: 'lessThan' }] })];

    const { events, fetched } = await runRules(document, {}, { onDemand: { lab: { fetch }, unread: { fetch } } });

    expect(events).toEqual([{ type: 'first' }]);
    expect(asked).toEqual([{ code: 'K' }, { code: 'Na' }]);
    expect(fetched).toEqual([{ fact: 'lab', params: { code: 'K' }, value: 6 }, { fact: 'lab', params: { code: 'Na' }, value: 6 }]);
  });

  it('are not fetched where a fact is given, or a condition of a higher priority has settled the rule', async () => {
    let asked = 0;
    const potassium = { fetch: () => (asked += 1) };

    const old = { fact: 'age', operator: 'greaterThan', value: 75 };

    expect(await types([rule('hold', { all: [high] })], { potassium: 6 }, { onDemand: { potassium } })).toEqual(['hold']);
    expect(await types([rule('hold', { all: [high, { ...old, priority: 2 }] })], { age: 40 }, { onDemand: { potassium } })).toEqual([]);
    expect(await types([rule('hold', { all: [high, old] })], {}, { onDemand: { potassium, age: { fetch: () => 40, priority: 9 } } })).toEqual([]);
    expect(asked).toBe(0);
    expect(await types([rule('hold', { all: [high, old] })], { age: 40 }, { onDemand: { potassium } })).toEqual([]);
    expect(asked).toBe(1);
  });

  it('are fetched for each condition without a cache', async () => {
    let count = 0;
    const next = { fact: 'next', operator: 'greaterThan', value: 1 };

    expect(await types([rule('first', { all: [next] }, { priority: 2 }), rule('second', { all: [next] })], {}, { onDemand: { next: { fetch: () => (count += 1), cache: false } } })).toEqual(['second']);
  });

  it('may read other facts, and a path in them', async () => {
    const bmi = { fetch: async (_params: unknown, { factValue }: { factValue: (fact: string, params?: Record<string, unknown>, path?: string) => Promise<unknown> }) => Number(await factValue('patient', {}, '$.weight')) / 1.8 ** 2 };

    expect(await types([rule('heavy', { all: [{ fact: 'bmi', operator: 'greaterThan', value: 25 }] })], { patient: { weight: 90 } }, { onDemand: { bmi } })).toEqual(['heavy']);
    expect(await types([rule('heavy', { all: [{ fact: 'bmi', operator: 'greaterThan', value: 25 }] })], {}, { onDemand: { bmi } })).toBe('FACT_UNDEFINED patient');
  });

  it('fail the run with their name, and with nothing of what the source said', async () => {
    const document = [rule('hold', { all: [high] }, { priority: 2 }), rule('low', { all: [high] })];
    const failing = await runRules(document, {}, { onDemand: { potassium: { fetch: () => Promise.reject(new Error('no result for Zhang San')) } } });

    expect(failing).toEqual({ events: [], failureEvents: [], results: [], failureResults: [], fetched: [], failure: { code: 'FACT_FAILED', fact: 'potassium', message: 'Expected the fact potassium to be fetched, but its source failed' } });
    expect(await types(document, {}, { onDemand: { potassium: { fetch: () => { throw new Error('at once'); } } } })).toBe('FACT_FAILED potassium');
    expect(await types(document, {}, { onDemand: { potassium: { fetch: () => undefined } } })).toBe('FACT_UNDEFINED potassium');
    expect(await types(document, {}, { onDemand: { potassium: { fetch: () => null } } })).toEqual([]);
  });

  it('have a bounded time, also where two wait for each other', async () => {
    let aborted = false;
    const never = { fetch: (_params: unknown, { signal }: { signal: AbortSignal }) => new Promise((resolve) => signal.addEventListener('abort', () => resolve((aborted = true)))) };
    const start = performance.now();

    expect(await types([rule('hold', { all: [high] })], {}, { timeoutMs: 50, onDemand: { potassium: never } })).toBe('FACT_TIMEOUT potassium');
    expect(aborted).toBe(true);
    const waiting = (other: string) => ({ fetch: (_params: unknown, { factValue }: { factValue: (fact: string) => Promise<unknown> }) => factValue(other) });
    expect(await types([rule('hold', { all: [high] })], {}, { timeoutMs: 50, onDemand: { potassium: waiting('lab'), lab: never } })).toBe('FACT_TIMEOUT lab');
    expect(await types([rule('hold', { all: [high] })], {}, { timeoutMs: 50, onDemand: { potassium: waiting('sodium'), sodium: waiting('potassium') } })).toBe('FACT_TIMEOUT sodium');
    expect(await types([rule('hold', { all: [high] })], {}, { onDemand: { potassium: { ...waiting('potassium'), cache: false } } })).toBe('FACT_FAILED potassium');
    expect(await types([rule('hold', { all: [high] })], { potassium: 6 }, { timeoutMs: 50, onSuccess: () => new Promise(() => undefined) })).toBe('RUN_TIMEOUT');
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  it('are joined by facts that events add for the rules after them', async () => {
    const document = [rule('at risk', { all: [high] }, { priority: 2 }), rule('hold', { all: [{ fact: 'risk', operator: 'equal', value: 'high' }] })];
    const onSuccess: RunRulesOptions['onSuccess'] = ({ type }, { addFact }) => { if (type === 'at risk') addFact('risk', 'high'); };

    expect(await types(document, { potassium: 6 }, { onSuccess })).toEqual(['at risk', 'hold']);
    expect(await types(document, { potassium: 6 }, { onSuccess: () => { throw new Error('Zhang San'); } })).toBe('HANDLER_FAILED');
  });
});

describe('what cannot be run', () => {
  it.each<[string, unknown, object]>([
    ['no document', 'rules', { code: 'DOCUMENT_INVALID' }],
    ['no list', { rules: 3 }, { path: 'rules' }],
    ['a rule without an event', [{ conditions: { all: [] } }], { path: 'rules.0.event' }],
    ['a comparison at the top', [rule('a', high)], { path: 'rules.0.conditions' }],
    ['two groups in one', [rule('a', { all: [high], any: [high] })], { path: 'rules.0.conditions' }],
    ['an unknown operator', [rule('a', { all: [{ ...high, operator: 'above' }] })], { path: 'rules.0.conditions.all.0.operator' }],
    ['an operator of rule sets only', [rule('a', { all: [{ ...high, operator: 'satisfies', value: '> 3' }] })], { path: 'rules.0.conditions.all.0.operator' }],
    ['a comparison without a value', [rule('a', { not: { fact: 'potassium', operator: 'equal' } })], { path: 'rules.0.conditions.not.value' }],
    ['a fact in the place of a value without a name', [rule('a', { all: [{ ...high, value: { fact: 3 } }] })], { path: 'rules.0.conditions.all.0.value.fact' }],
    ['parameters that are a list', [rule('a', { all: [{ ...high, params: [1] }] })], { path: 'rules.0.conditions.all.0.params' }],
    ['a path to what every object has', [rule('a', { any: [{ ...high, path: '$.__proto__' }] })], { path: 'rules.0.conditions.any.0.path' }],
    ['a filter that calls', [rule('a', { all: [{ ...high, value: { fact: 'order', path: '$[?(@.drug.repeat(9))]' } }] })], { path: 'rules.0.conditions.all.0.value.path' }],
    ['a name that is not there', [rule('a', { all: [{ condition: 'risk' }] })], { code: 'CONDITION_UNDECLARED' }],
    ['conditions in a circle', { rules: [rule('a', { condition: 'one' })], conditions: { one: { not: { condition: 'two' } }, two: { condition: 'one' } } }, { code: 'CONDITION_CIRCULAR', path: 'conditions.one' }],
    ['a priority below one', [rule('a', { all: [high] }, { priority: 0 })], { path: 'rules.0.priority' }],
    ['conditions nested without end', [rule('a', JSON.parse('{"not":'.repeat(5_000) + '{"all":[]}' + '}'.repeat(5_000)) as object)], { message: expect.stringContaining('100 deep') }],
    ['conditions that double without end', { rules: [rule('a', { condition: 'c0' })], conditions: Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`c${index}`, { all: index === 39 ? [high] : [{ condition: `c${index + 1}` }, { condition: `c${index + 1}` }] }])) }, { message: expect.stringContaining('100000 comparisons') }],
    ['too many rules', Array.from({ length: 10_001 }, () => rule('a', { all: [] })), { path: 'rules' }],
  ])('is refused: %s', async (_what, document, finding) => {
    expect(await refused(document)).toMatchObject({ code: 'RULE_SET_INVALID', findings: expect.arrayContaining([expect.objectContaining(finding)]) });
  });

  it('fails where a list is missing or a filter cannot be applied, without a value in the message', async () => {
    expect(await types([rule('a', { all: [{ fact: 'drug', operator: 'in', value: { fact: 'drugs' } }] })], { drug: 'K', drugs: 3 })).toBe('COMPARISON_FAILED');
    expect(await types([rule('a', { all: [{ fact: 'order', path: '$.items[?(@.drug.code == "K")]', operator: 'contains', value: 1 }] })], { order: { items: [{}] } })).toBe('PATH_FAILED');
    expect(await types([rule('a', { all: [{ fact: 'order', path: '$.items[?(@.drug ==)]', operator: 'contains', value: 1 }] })], { order: { items: [{}] } })).toBe('PATH_FAILED');
  });
});
