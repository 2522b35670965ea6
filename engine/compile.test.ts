import { describe, expect, it } from '@jest/globals';
import { check } from './check/check.ts';
import { compile, compileOnce } from './compile.ts';
import { parseDefinition } from './definition/index.ts';
import type { FlowElement, ProcessDefinition } from './definition/index.ts';
import { compilationCount } from './plan-cache.ts';
import { end, flowOf, processOf, script, service, start, userTask } from './testing/process-builder.ts';

const valid = processOf({ variables: { x: 'number' }, required: ['x'], elements: [start, service('act', { inputs: [{ target: 'x', source: 'x' }] }), end], flows: ['start > act', 'act > end'] });
const withParts = (elements: readonly FlowElement[], flows: readonly string[]): ProcessDefinition => ({ ...valid, flowElements: [...elements], sequenceFlows: flows.map(flowOf) });
const boundary = (id: string, attachedToRef: string): FlowElement => ({ id, type: 'boundaryEvent', attachedToRef, cancelActivity: true, event: { kind: 'timer', timeDuration: '"PT1H"' } });
const gateway = (id: string, more: { default?: string } = {}): FlowElement => ({ id, type: 'exclusiveGateway', ...more });

describe('compile', () => {
  it('resolves references into the plan', () => {
    const plan = compile(withParts([start, gateway('choice', { default: 'choice_end' }), service('act'), boundary('late', 'act'), end], ['start > choice', 'choice > act: x > 1', 'choice > end', 'act > end', 'late > end']));

    expect(plan.elements.map(({ id, index }) => [id, index])).toEqual([['start', 0], ['choice', 1], ['act', 2], ['late', 3], ['end', 4]]);
    expect(plan.elementsById.get('choice')?.default?.target.id).toBe('end');
    expect(plan.elementsById.get('act')?.boundaryEvents.map(({ id }) => id)).toEqual(['late']);
    expect(plan.elementsById.get('end')?.incoming).toHaveLength(3);
  });

  it('compiles a definition once for all instances that share its hash', () => {
    const before = compilationCount();
    const first = compileOnce('hash-of-valid', () => valid);
    const second = compileOnce('hash-of-valid', () => structuredClone(valid));

    expect(second).toBe(first);
    expect(compilationCount() - before).toBe(1);
  });

  it('forgets plans that were not used for long', () => {
    const first = compileOnce('old', () => valid);
    for (let index = 0; index < 100; index += 1) compileOnce(`new-${index}`, () => valid);

    expect(compileOnce('old', () => valid)).not.toBe(first);
  });

  const bad: readonly [string, ProcessDefinition, string, string][] = [
    ['a flow to nowhere', withParts([start, end], ['start > nowhere']), 'TARGET_NOT_FOUND', 'start_nowhere'],
    ['a flow from nowhere', withParts([start, end], ['nowhere > end']), 'SOURCE_NOT_FOUND', 'nowhere_end'],
    ['an id used twice', withParts([start, end, { ...end }], ['start > end']), 'DUPLICATE_ID', 'end'],
    ['a flow with an element\'s id', { ...withParts([start, end], []), sequenceFlows: [{ id: 'end', sourceRef: 'start', targetRef: 'end' }] }, 'DUPLICATE_ID', 'end'],
    ['an id that every object has', withParts([start, service('constructor'), end], ['start > constructor', 'constructor > end']), 'RESERVED_NAME', 'constructor'],
    ['no start event', withParts([end], []), 'START_EVENT_MISSING', 'test'],
    ['two plain start events in a sub-process', withParts([start, { id: 'sub', type: 'subProcess', flowElements: [{ id: 'one', type: 'startEvent' }, { id: 'two', type: 'startEvent' }], sequenceFlows: [] }, end], ['start > sub', 'sub > end']), 'START_EVENT_AMBIGUOUS', 'sub'],
    ['a boundary event on nothing', withParts([start, boundary('late', 'gone'), end], ['start > end', 'late > end']), 'ATTACHED_TO_NOTHING', 'late'],
    ['a boundary event on a gateway', withParts([start, gateway('choice'), boundary('late', 'choice'), end], ['start > choice', 'choice > end', 'late > end']), 'ATTACHED_TO_NO_ACTIVITY', 'late'],
    ['a default flow that leaves another element', withParts([start, gateway('choice', { default: 'start_choice' }), end], ['start > choice', 'choice > end']), 'DEFAULT_NOT_OUTGOING', 'choice'],
    ['a gateway flow without a condition', withParts([start, gateway('choice'), script('a', '1'), end], ['start > choice', 'choice > a', 'choice > end: x > 1']), 'CONDITION_MISSING', 'choice_a'],
    ['a condition after a parallel gateway', withParts([start, { id: 'fork', type: 'parallelGateway' }, end], ['start > fork', 'fork > end: x > 1']), 'CONDITION_NOT_ALLOWED', 'fork_end'],
    ['a condition that is no FEEL', withParts([start, gateway('choice'), end], ['start > choice', 'choice > end: x >']), 'EXPRESSION_UNPARSABLE', 'choice_end'],
    ['a script that is no FEEL', withParts([start, script('act', '1 +'), end], ['start > act', 'act > end']), 'EXPRESSION_UNPARSABLE', 'act'],
    ['a separation from nothing', withParts([start, userTask('act', { separation: ['gone'] }), end], ['start > act', 'act > end']), 'SEPARATION_NOT_FOUND', 'act'],
    ['a message without a correlation key', withParts([start, { id: 'wait', type: 'intermediateCatchEvent', event: { kind: 'message', message: 'm' } }, end], ['start > wait', 'wait > end']), 'CORRELATION_KEY_MISSING', 'wait'],
    ['an error event that does not interrupt', withParts([start, service('act'), { id: 'oops', type: 'boundaryEvent', attachedToRef: 'act', cancelActivity: false, event: { kind: 'error' } }, end], ['start > act', 'act > end', 'oops > end']), 'ERROR_NOT_INTERRUPTING', 'oops'],
    ['a flow out of an end event', withParts([start, end, service('act')], ['start > end', 'end > act']), 'FLOW_FROM_END_EVENT', 'end_act'],
    ['a flow into a start event', withParts([start, service('act')], ['start > act', 'act > start']), 'FLOW_TO_START_EVENT', 'act_start'],
    ['an output into an undeclared variable', withParts([start, service('act', { outputs: [{ target: 'gone', source: '1' }] }), end], ['start > act', 'act > end']), 'VARIABLE_UNDECLARED', 'act'],
    ['a result variable that is undeclared', withParts([start, script('act', '1', 'gone'), end], ['start > act', 'act > end']), 'VARIABLE_UNDECLARED', 'act'],
    ['an output collection without its element', withParts([start, service('act', { multiInstance: { kind: 'multiInstance', sequential: true, collection: '[1]', elementVariable: 'i', outputCollection: 'x' } }), end], ['start > act', 'act > end']), 'OUTPUT_ELEMENT_MISSING', 'act'],
  ];
  it.each(bad)('refuses %s', (_what, definition, code, elementId) => {
    expect(() => compile(definition)).toThrow(expect.objectContaining({ code: 'DEFINITION_INVALID', findings: expect.arrayContaining([expect.objectContaining({ code, elementId, severity: 'error' })]) }));
  });

  it('lets outputs set what inputs and multi-instance markers bring into a sub-process', () => {
    const sub: FlowElement = {
      id: 'sub', type: 'subProcess', inputs: [{ target: 'given', source: 'x' }],
      multiInstance: { kind: 'multiInstance', sequential: false, collection: '[1]', elementVariable: 'item' },
      flowElements: [{ id: 'in', type: 'startEvent' }, script('one', '1', 'given'), script('two', '2', 'item')], sequenceFlows: [flowOf('in > one'), flowOf('one > two')],
    };

    expect(check(withParts([start, sub, end], ['start > sub', 'sub > end']))).toEqual([]);
  });

  it('names every problem at once', () => {
    const attempt = () => compile(withParts([script('act', '1 +'), boundary('late', 'gone'), end], ['act > nowhere']));

    expect(attempt).toThrow(expect.objectContaining({ message: expect.stringContaining('4 problem(s)') }));
  });
});

describe('check', () => {
  it('finds nothing in a sound definition', () => {
    expect(check(valid)).toEqual([]);
  });

  it('warns of an element that no flow leads to', () => {
    expect(check(withParts([start, service('act'), service('lost'), end], ['start > act', 'act > end', 'lost > end']))).toContainEqual({ code: 'NOT_REACHABLE', severity: 'warning', elementId: 'lost', message: 'Expected a flow to lead to lost, but none does' });
  });
});

describe('parseDefinition', () => {
  it('accepts what it should', () => {
    expect(parseDefinition(JSON.parse(JSON.stringify(valid)))).toEqual({ ok: true, definition: valid });
  });

  it.each([
    ['an unknown element type', { ...valid, flowElements: [start, { id: 'x', type: 'magicTask' }] }, '/flowElements/1/type', 'x'],
    ['a missing field', { ...valid, flowElements: [start, { id: 'x', type: 'serviceTask' }] }, '/flowElements/1/activity', 'x'],
    ['a missing field deep in a sub-process', { ...valid, flowElements: [start, { id: 's', type: 'subProcess', sequenceFlows: [], flowElements: [{ id: 'x', type: 'scriptTask' }] }] }, '/flowElements/1/flowElements/0/script', 'x'],
    ['another format', { ...valid, format: 'careloop-process/9' }, '/format', undefined],
    ['no object at all', 'text', '/', undefined],
  ])('names the path and the element of %s', (_what, json, path, elementId) => {
    const parsed = parseDefinition(json);

    expect(parsed.ok ? [] : parsed.findings).toContainEqual(expect.objectContaining({ path, ...(elementId === undefined ? {} : { elementId }) }));
  });
});
