import { check, simulate } from '#engine';
import { workedElements } from '../support/worked-elements.ts';
import { betsyCases, betsyGroups, type BetsyCase } from './betsy/betsy-cases.ts';
import { compareTrace, type BetsyOutcome } from './betsy/compare-trace.ts';
import { translateExpression } from './betsy/translate-expression.ts';

const cases = betsyCases();

function play(test: BetsyCase): BetsyOutcome {
  const findings = [...test.refusals, ...test.definitions.flatMap((definition) => check(definition))].filter(({ severity }) => severity === 'error');
  if (findings.length > 0) return { status: 'refused', path: [], variables: {}, incidents: findings.map(({ code, elementId }) => `${code} ${elementId ?? ''}`) };
  const [definition, ...processes] = test.definitions;
  if (!definition) throw new Error(`Expected a process to play, but ${test.name} has none`);
  const first = test.startFirst.map((process) => ({ start: { variables: {}, process } }));
  const result = simulate(definition, { format: 'careloop-script/1', steps: [...first, { start: { variables: { ...test.variables } } }, { advance: `PT${test.runMs / 1_000}S` }] }, { processes });
  const instances = [result, ...result.others];
  return { status: result.status, path: instances.flatMap(({ log }) => workedElements(log)), variables: result.variables, incidents: instances.flatMap(({ incidents }) => incidents.map(({ code }) => code)) };
}

const suite = cases.length > 0 ? describe : describe.skip;

suite(`betsy feature tests in the simulator (skipped without the suite; groups: ${betsyGroups().join(', ') || 'none'})`, () => {
  it.each(cases.map((test) => [`${test.group}/${test.name}`, test] as const))('%s leaves the expected trace, error and end state', (_name, test) => {
    expect(compareTrace(test, play(test))).toEqual([]);
  });
});

describe('the comparison of traces', () => {
  const words = new Map([['a', 'SCRIPT_task1'], ['b', 'SCRIPT_task2'], ['t1', 'CREATE_TIMESTAMP_LOG_1'], ['t2', 'CREATE_TIMESTAMP_LOG_2'], ['i', 'INCREMENT_INTEGER_VARIABLE_AND_LOG'], ['m', 'CREATE_MARKER_FILE'], ['s', 'CREATE_LOG_FILE']]);
  const caseOf = (tokens: string[], error: BetsyCase['expect']['error'] = null, endState = 'completed'): BetsyCase => ({
    group: 'g', name: 'n', definitions: [], refusals: [], startProcessId: 'p', startFirst: [], variables: {}, runMs: 0, words, expect: { deploy: 'must-succeed', error, tokens }, endState, confidence: 'firm', alternatives: [],
  });
  const outcomeOf = (path: string[], more: Partial<BetsyOutcome> = {}): BetsyOutcome => ({ status: 'completed', path, variables: {}, incidents: [], ...more });

  it.each([
    ['the same tokens in another order', caseOf(['SCRIPT_task1', 'SCRIPT_task2']), outcomeOf(['s', 'b', 'a'])],
    ['overlapping intervals', caseOf(['EXECUTION_parallel']), outcomeOf(['t1__start', 't2__start', 't1', 't2'])],
    ['a marker that nobody asks for', caseOf([]), outcomeOf(['m'])],
    ['a logged increment', caseOf(['INCREMENT_correct']), outcomeOf(['i'])],
    ['an incident where a run-time error is expected', caseOf([], 'runtime', 'failed'), outcomeOf([], { status: 'running', incidents: ['NO_FLOW_TAKEN'] })],
    ['a refusal where either error will do', caseOf([], 'deployOrRuntime', 'failed'), outcomeOf([], { status: 'refused' })],
  ])('accepts %s', (_what, test, outcome) => {
    expect(compareTrace(test, outcome)).toEqual([]);
  });

  it.each([
    ['a token too many', caseOf(['SCRIPT_task1']), outcomeOf(['a', 'a'])],
    ['a token too few', caseOf(['SCRIPT_task1']), outcomeOf([])],
    ['intervals one after the other', caseOf(['EXECUTION_parallel']), outcomeOf(['t1__start', 't1', 't2__start', 't2'])],
    ['data that is wrong', caseOf(['DATA_correct']), outcomeOf([], { variables: { dataRead: 'other' } })],
    ['an incident where none is expected', caseOf([]), outcomeOf([], { status: 'running', incidents: ['NO_FLOW_TAKEN'] })],
    ['an instance that waits', caseOf([]), outcomeOf([], { status: 'running' })],
    ['a run-time error where an error end event is expected', caseOf([], 'errorEndEvent', 'error'), outcomeOf([], { status: 'running', incidents: ['NO_FLOW_TAKEN'] })],
  ])('refuses %s', (_what, test, outcome) => {
    expect(compareTrace(test, outcome)).not.toEqual([]);
  });

  it('translates the listed expressions and nothing else', () => {
    expect(translateExpression('!test.contains("b")')).toBe('not(test != null and contains(test, "b"))');
    expect(translateExpression(' ${integerVariable} ')).toBe('(if integerVariable = null then 0 else integerVariable)');
    expect(translateExpression('R4/PT1S')).toBe('"R4/PT1S"');
    expect(translateExpression('java.lang.System.exit(1)')).toBeUndefined();
  });
});
