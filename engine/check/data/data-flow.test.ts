import { describe, expect, it } from '@jest/globals';
import type { FlowElement } from '../../definition/index.ts';
import { end, flowOf, processOf, script, service, start, userTask, type ProcessParts } from '../../testing/process-builder.ts';
import { check } from '../check.ts';

const found = (parts: ProcessParts): string[] => check(processOf(parts)).filter(({ severity }) => severity !== 'info').map(({ code, elementId }) => `${code} ${elementId ?? ''}`);
const sub = (id: string, elements: readonly FlowElement[], flows: readonly string[], more: object = {}): FlowElement => ({ id, type: 'subProcess', flowElements: [...elements], sequenceFlows: flows.map(flowOf), ...more });
const innerStart: FlowElement = { id: 's', type: 'startEvent' };
const gateway = (id: string, more: object = {}): FlowElement => ({ id, type: 'exclusiveGateway', ...more }) as FlowElement;
const boundary = (id: string, attachedToRef: string, event: object, cancelActivity = true): FlowElement => ({ id, type: 'boundaryEvent', attachedToRef, cancelActivity, event }) as FlowElement;
const late = { kind: 'timer', timeDuration: '"PT1H"' };
const message = (name: string, mappings: readonly { target: string; source: string }[]): object => ({ kind: 'message', message: name, correlationKey: '"k"', mappings });
const read = script('read', 'y + 1', 'z');
const variables = { x: 'number', y: 'number', z: 'number' } as const;
const items = { kind: 'multiInstance', sequential: false, collection: 'list', elementVariable: 'item' } as const;

/** Each model with all that has to be found in it. */
const models: readonly [string, ProcessParts, readonly string[]][] = [
  ['a loop that reads what only its last step sets', {
    variables, required: ['x'], elements: [start, gateway('again'), read, script('set', '1', 'y'), gateway('over', { default: 'over_again' }), end],
    flows: ['start > again', 'again > read', 'read > set', 'set > over', 'over > end: x > 3', 'over > again'],
  }, ['VARIABLE_READ_UNSET read']],
  ['a loop that reads what was set before it', {
    variables, required: ['x'], elements: [start, script('set', '1', 'y'), gateway('again'), read, service('pause'), gateway('over', { default: 'over_again' }), end],
    flows: ['start > set', 'set > again', 'again > read', 'read > pause', 'pause > over', 'over > end: x > 3', 'over > again'],
  }, []],
  ['an interrupted sub-process whose handler reads what its second step sets', {
    variables: { y: 'number', z: 'number' }, elements: [start, sub('part', [innerStart, service('first'), script('set', '1', 'y')], ['s > first', 'first > set']), boundary('late', 'part', late), read, end],
    flows: ['start > part', 'part > end', 'late > read', 'read > end'],
  }, ['VARIABLE_READ_UNSET read']],
  ['a reminder that reads what its host sets when it is done', {
    variables: { y: 'number', z: 'number' }, elements: [start, userTask('ask', { outputs: [{ target: 'y', source: 'data.n' }] }), boundary('late', 'ask', late, false), read, end],
    flows: ['start > ask', 'ask > end', 'late > read', 'read > end'],
  }, ['VARIABLE_READ_UNSET read']],
  ['the error of a called process that gives its variable only when it ends well', {
    variables: { y: 'number', z: 'number' }, elements: [start, { id: 'call', type: 'callActivity', calledElement: 'other', outputs: [{ target: 'y', source: 'child.n' }] }, boundary('refused', 'call', { kind: 'error', errorCode: 'NO' }), read, end],
    flows: ['start > call', 'call > end', 'refused > read', 'read > end'],
  }, ['VARIABLE_READ_UNSET read']],
  ['the output of a called process, read behind it', {
    variables: { y: 'number', z: 'number' }, elements: [start, { id: 'call', type: 'callActivity', calledElement: 'other', outputs: [{ target: 'y', source: 'child.n' }] }, read, end],
    flows: ['start > call', 'call > read', 'read > end'],
  }, []],
  ['the variables of a called process, read outside of its outputs', {
    variables: { z: 'number' }, elements: [start, { id: 'call', type: 'callActivity', calledElement: 'other', inputs: [{ target: 'n', source: 'child.n' }], outputs: [{ target: 'z', source: 'child.n' }] }, end],
    flows: ['start > call', 'call > end'],
  }, ['UNKNOWN_NAME call']],
  ['an event sub-process that reads what the flow around it sets', {
    variables: { y: 'number', z: 'number' }, elements: [start, service('first'), script('set', '1', 'y'), end, sub('stop', [{ id: 's', type: 'startEvent', isInterrupting: true, event: message('stop', []) } as FlowElement, read], ['s > read'], { triggeredByEvent: true })],
    flows: ['start > first', 'first > set', 'set > end'],
  }, ['VARIABLE_READ_UNSET read']],
  ['an event sub-process that reads what its message brings', {
    variables: { y: 'number', z: 'number' }, elements: [start, service('first'), end, sub('stop', [{ id: 's', type: 'startEvent', isInterrupting: true, event: message('stop', [{ target: 'y', source: 'message.n' }]) } as FlowElement, read], ['s > read'], { triggeredByEvent: true })],
    flows: ['start > first', 'first > end'],
  }, []],
  ['one of two messages that brings the variable', {
    variables: { y: 'number', z: 'number' },
    elements: [start, { id: 'race', type: 'eventBasedGateway' }, { id: 'a', type: 'intermediateCatchEvent', event: message('a', [{ target: 'y', source: 'message.n' }]) } as FlowElement, { id: 'b', type: 'intermediateCatchEvent', event: message('b', []) } as FlowElement, gateway('merge'), read, end],
    flows: ['start > race', 'race > a', 'race > b', 'a > merge', 'b > merge', 'merge > read', 'read > end'],
  }, ['VARIABLE_READ_UNSET read']],
  ['the collected outputs of items, of which there may be none', {
    variables: { list: 'list', all: 'list', z: 'number' }, required: ['list'], elements: [start, service('act', { multiInstance: { ...items, outputCollection: 'all', outputElement: 'result.n' } }), script('read', 'count(all)', 'z'), end],
    flows: ['start > act', 'act > read', 'read > end'],
  }, []],
  ['the item of a repeated activity, read behind it', {
    variables: { list: 'list', z: 'number' }, required: ['list'], elements: [start, service('act', { multiInstance: items }), script('read', 'item + 1', 'z'), end],
    flows: ['start > act', 'act > read', 'read > end'],
  }, ['UNKNOWN_NAME read']],
  ['a text that a message puts into a number by a literal', {
    variables: { z: 'number' }, elements: [start, { id: 'wait', type: 'intermediateCatchEvent', event: message('m', [{ target: 'z', source: 'if message.ok = true then "1" else "2"' }]) } as FlowElement, end],
    flows: ['start > wait', 'wait > end'],
  }, ['VARIABLE_WRONG_TYPE wait']],
  ['the collected outputs of items, compared with a number', {
    variables: { list: 'list', all: 'list' }, required: ['list'], elements: [start, service('act', { multiInstance: { ...items, outputCollection: 'all', outputElement: 'result.n' } }), gateway('choice', { default: 'choice_end' }), service('more'), end],
    flows: ['start > act', 'act > choice', 'choice > more: all > 3', 'choice > end', 'more > end'],
  }, ['TYPE_MISMATCH choice_more']],
];

describe('the way of data through a process', () => {
  it.each(models)('%s', (_what, parts, expected) => {
    expect(found(parts)).toEqual(expected);
  });
});
