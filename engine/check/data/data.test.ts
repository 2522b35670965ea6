import { describe, expect, it } from '@jest/globals';
import { evaluate } from 'feelin';
import type { FlowElement } from '../../definition/index.ts';
import { end, flowOf, processOf, script, service, start, userTask, type ProcessParts } from '../../testing/process-builder.ts';
import { check } from '../check.ts';
import { builtins } from './feel-types.ts';

const found = (parts: ProcessParts): string[] => check(processOf(parts)).map(({ code, elementId }) => `${code} ${elementId ?? ''}`);
const choice: FlowElement = { id: 'choice', type: 'exclusiveGateway', default: 'choice_end' };
const asking = (condition: string, variables: ProcessParts['variables'], required: readonly string[] = Object.keys(variables ?? {})): ProcessParts => ({
  variables: variables ?? {}, required,
  elements: [start, choice, service('act'), end], flows: ['start > choice', `choice > act: ${condition}`, 'choice > end', 'act > end'],
});
const waiting = (event: object, variables: ProcessParts['variables'] = {}): ProcessParts => ({
  variables, required: Object.keys(variables),
  elements: [start, { id: 'wait', type: 'intermediateCatchEvent', event } as FlowElement, end], flows: ['start > wait', 'wait > end'],
});
const sub = (id: string, elements: readonly FlowElement[], flows: readonly string[], more: object = {}): FlowElement => ({ id, type: 'subProcess', flowElements: [...elements], sequenceFlows: flows.map(flowOf), ...more });

describe('types of expressions', () => {
  const wrong: readonly [string, ProcessParts, string][] = [
    ['a number compared with a text', asking('x > "3"', { x: 'number' }), 'TYPE_MISMATCH choice_act'],
    ['a text compared with a number', asking('x = 3', { x: 'string' }), 'TYPE_MISMATCH choice_act'],
    ['a point in time, which is text in a variable, compared with now()', asking('x < now()', { x: 'dateTime' }), 'TYPE_MISMATCH choice_act'],
    ['a condition that gives a number', asking('x + 1', { x: 'number' }), 'CONDITION_NOT_BOOLEAN choice_act'],
    ['an operand of "and" that is a number', asking('x and x > 1', { x: 'number' }), 'TYPE_MISMATCH choice_act'],
    ['a field of a number', asking('x.y = 1', { x: 'number' }), 'TYPE_MISMATCH choice_act'],
    ['a sum of number and text', asking('x + "1" = "2"', { x: 'number' }), 'TYPE_MISMATCH choice_act'],
    ['a function that FEEL does not have', asking('len(x) > 1', { x: 'string' }), 'UNKNOWN_FUNCTION choice_act'],
    ['a name that nobody declared', asking('y > 1', { x: 'number' }), 'UNKNOWN_NAME choice_act'],
    ['a name that stands elsewhere only', { ...asking('result > 1', { x: 'number' }) }, 'UNKNOWN_NAME choice_act'],
    ['a timer that waits for a number', waiting({ kind: 'timer', timeDuration: 'x' }, { x: 'number' }), 'TYPE_MISMATCH wait'],
    ['a duration that is none', waiting({ kind: 'timer', timeDuration: '"1 hour"' }), 'TIMER_INVALID wait'],
    ['a duration that FEEL cannot read', waiting({ kind: 'timer', timeDuration: 'duration("1H")' }), 'LITERAL_INVALID wait'],
    ['a date that is none', waiting({ kind: 'timer', timeDate: '"tomorrow"' }), 'TIMER_INVALID wait'],
    ['a rhythm that is none', waiting({ kind: 'timer', timeCycle: '"PT1H"' }), 'TIMER_INVALID wait'],
    ['a collection that is no list', { variables: { x: 'number' }, required: ['x'], elements: [start, service('act', { multiInstance: { kind: 'multiInstance', sequential: true, collection: 'x', elementVariable: 'i' } }), end], flows: ['start > act', 'act > end'] }, 'TYPE_MISMATCH act'],
    ['a text put into a number', { variables: { x: 'number' }, elements: [start, service('act', { outputs: [{ target: 'x', source: '"one"' }] }), end], flows: ['start > act', 'act > end'] }, 'VARIABLE_WRONG_TYPE act'],
    ['a name that checks do not see', { variables: { x: 'number' }, required: ['x'], elements: [start, userTask('ask', { outputs: [], checks: [{ code: 'A', condition: 'x > 1', message: { 'zh-CN': '', en: '' } }] }), end], flows: ['start > ask', 'ask > end'] }, 'UNKNOWN_NAME ask'],
  ];
  it.each(wrong)('refuse %s', (_what, parts, expected) => {
    expect(found(parts)).toContain(expected);
  });

  const right: readonly [string, string, ProcessParts['variables']][] = [
    ['items that a quantifier names', 'some f in x.findings satisfies f.level = "HARD"', { x: 'object' }],
    ['the fields of filtered items', 'count(x[age > 3 and name = "a"]) > 0', { x: 'list' }],
    ['an entry that an earlier one of the context names', '{ a: x, b: a + 1 }.b > 3', { x: 'number' }],
    ['a time made of text', 'date and time(x) + duration("PT1H") < now()', { x: 'dateTime' }],
    ['membership', 'x in ("A", "B") and x != null', { x: 'string' }],
    ['a range', 'x in [1..3] or x between 5 and 7', { x: 'number' }],
    ['a choice between branches', '(if x > 3 then "a" else "b") = "a"', { x: 'number' }],
    ['a function that is defined on the spot', '(function(a) a + 1)(x) > 2', { x: 'number' }],
  ];
  it.each(right)('let %s pass', (_what, condition, variables) => {
    expect(found(asking(condition, variables))).toEqual([]);
  });

  it('know the functions that FEEL has, and no others', () => {
    const isFunction = (name: string): boolean => !evaluate(`string(${name} = null)`, {}).warnings.some(({ type }) => type === 'NO_VARIABLE_FOUND');

    expect([...builtins.keys()].filter((name) => !isFunction(name) && !['date', 'time', 'date and time', 'duration', 'years and months duration'].includes(name))).toEqual([]);
    expect(['len', 'trim', 'is defined', 'lookup'].filter((name) => isFunction(name) || builtins.has(name))).toEqual([]);
  });
});

describe('variables that are read before they are set', () => {
  const branch = (parts: Partial<ProcessParts>): ProcessParts => ({
    variables: { x: 'number', y: 'number', z: 'number' }, required: ['x'],
    elements: [start, { ...choice, default: 'choice_other' } as FlowElement, script('set', '1', 'y'), service('other'), script('read', 'y + 1', 'z'), end],
    flows: ['start > choice', 'choice > set: x > 1', 'choice > other', 'set > read', 'other > read', 'read > end'], ...parts,
  });

  it('are found with the way on which they are not set', () => {
    const finding = check(processOf(branch({}))).find(({ code }) => code === 'VARIABLE_READ_UNSET');

    expect(finding).toMatchObject({ elementId: 'read', severity: 'error', trace: ['start', 'choice', 'other', 'read'] });
  });

  it.each([
    ['set on both ways', branch({ elements: [start, { ...choice, default: 'choice_other' } as FlowElement, script('set', '1', 'y'), script('other', '2', 'y'), script('read', 'y + 1', 'z'), end] })],
    ['compared with null', branch({ elements: [start, { ...choice, default: 'choice_other' } as FlowElement, script('set', '1', 'y'), service('other'), script('read', 'if y = null then 0 else y + 1', 'z'), end] })],
    ['only handed on', branch({ elements: [start, { ...choice, default: 'choice_other' } as FlowElement, script('set', '1', 'y'), service('other'), service('read', { inputs: [{ target: 'y', source: 'y' }] }), end], variables: { x: 'number', y: 'number' } })],
    ['joined by a parallel gateway', { variables: { y: 'number', z: 'number' }, elements: [start, { id: 'fork', type: 'parallelGateway' }, script('set', '1', 'y'), service('other'), { id: 'join', type: 'parallelGateway' }, script('read', 'y + 1', 'z'), end], flows: ['start > fork', 'fork > set', 'fork > other', 'set > join', 'other > join', 'join > read', 'read > end'] }],
    ['set inside a sub-process', { variables: { y: 'number', z: 'number' }, elements: [start, sub('part', [{ id: 's', type: 'startEvent' }, script('set', '1', 'y')], ['s > set']), script('read', 'y + 1', 'z'), end], flows: ['start > part', 'part > read', 'read > end'] }],
    ['a variable of the items', { variables: { list: 'list', z: 'number' }, required: ['list'], elements: [start, sub('part', [{ id: 's', type: 'startEvent' }, script('read', 'item + loopCounter', 'z')], ['s > read'], { multiInstance: { kind: 'multiInstance', sequential: true, collection: 'list', elementVariable: 'item' } }), end], flows: ['start > part', 'part > end'] }],
    ['brought by a message', { variables: { y: 'number', z: 'number' }, elements: [start, { id: 'wait', type: 'intermediateCatchEvent', event: { kind: 'message', message: 'm', correlationKey: '"k"', mappings: [{ target: 'y', source: 'message.y' }] } }, script('read', 'y + 1', 'z'), end], flows: ['start > wait', 'wait > read', 'read > end'] }],
  ] satisfies [string, ProcessParts][])('are not those that are %s', (_what, parts) => {
    expect(found(parts as ProcessParts)).toEqual([]);
  });

  it.each([
    ['in the other of two parallel branches', { variables: { y: 'number', z: 'number' }, elements: [start, { id: 'fork', type: 'parallelGateway' }, script('set', '1', 'y'), script('read', 'y + 1', 'z'), end], flows: ['start > fork', 'fork > set', 'fork > read', 'set > end', 'read > end'] }],
    ['behind an event that interrupts the task that sets it', { variables: { y: 'number', z: 'number' }, elements: [start, service('set', { resultVariable: 'y' }), { id: 'late', type: 'boundaryEvent', attachedToRef: 'set', cancelActivity: true, event: { kind: 'timer', timeDuration: '"PT1H"' } }, script('read', 'y + 1', 'z'), end], flows: ['start > set', 'set > end', 'late > read', 'read > end'] }],
    ['after a loop that may have no round', { variables: { list: 'list', y: 'number', z: 'number' }, required: ['list'], elements: [start, sub('part', [{ id: 's', type: 'startEvent' }, script('set', '1', 'y')], ['s > set'], { multiInstance: { kind: 'multiInstance', sequential: true, collection: 'list', elementVariable: 'item' } }), script('read', 'y + 1', 'z'), end], flows: ['start > part', 'part > read', 'read > end'] }],
  ] satisfies [string, ProcessParts][])('are found %s', (_what, parts) => {
    expect(found(parts as ProcessParts)).toContain('VARIABLE_READ_UNSET read');
  });

  it('are told apart from those that nothing uses or sets', () => {
    const findings = found({ ...asking('x > 1', { x: 'number', unused: 'number' }, []) });

    expect(findings).toEqual(['VARIABLE_NEVER_SET test', 'VARIABLE_UNUSED test']);
  });
});
