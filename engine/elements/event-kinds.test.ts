import { describe, expect, it } from '@jest/globals';
import type { FlowElement } from '../definition/index.ts';
import { openTimers } from '../open-waits.ts';
import { TestInstance, end, flowOf, script, service, start } from '../testing/process-builder.ts';

const boundary = (id: string, attachedToRef: string, event: Extract<FlowElement, { type: 'boundaryEvent' }>['event'], cancelActivity = true): FlowElement => ({ id, type: 'boundaryEvent', attachedToRef, cancelActivity, event });
const fires = (instance: TestInstance, elementId: string) => instance.send({ type: 'timerFired', timerId: openTimers(instance.state).find((timer) => timer.elementId === elementId)?.id ?? '' });

describe('a multiple throw event', () => {
  it('tells its messages apart, so that none is taken for another', () => {
    const message = (name: string) => ({ kind: 'message', message: name, correlationKey: '"k"' }) as const;

    const instance = new TestInstance({
      elements: [start, { id: 'throw', type: 'intermediateThrowEvent', event: { kind: 'multiple', events: [message('first'), message('second')] } }, end],
      flows: ['start > throw', 'throw > end'],
    }).start();

    const sent = instance.commands.flatMap((command) => (command.type === 'sendMessage' ? [[command.message, command.ordinal]] : []));
    expect(sent).toEqual([['first', undefined], ['second', 1]]);
  });
});

describe('a signal', () => {
  it('reaches what waits for it in the same instance, also what a parallel branch is only about to wait for', () => {
    const instance = new TestInstance({
      variables: { from: 'string' },
      elements: [start, { id: 'split', type: 'parallelGateway' }, { id: 'throw', type: 'intermediateThrowEvent', event: { kind: 'signal', signal: 's', mappings: [{ target: 'from', source: '"here"' }] } }, script('longer', '1'), { id: 'catch', type: 'intermediateCatchEvent', event: { kind: 'signal', signal: 's' } }, end],
      flows: ['start > split', 'split > throw', 'split > longer', 'throw > end', 'longer > catch', 'catch > end'],
    }).start();

    expect(instance.state.status).toBe('completed');
    expect(instance.variables).toEqual({ from: 'here' });
    expect(instance.effects).toContain('broadcastSignal');
  });

  it('is not kept for whoever comes later', () => {
    const instance = new TestInstance({
      elements: [start, { id: 'throw', type: 'intermediateThrowEvent', event: { kind: 'signal', signal: 's' } }, { id: 'catch', type: 'intermediateCatchEvent', event: { kind: 'signal', signal: 's' } }, end],
      flows: ['start > throw', 'throw > catch', 'catch > end'],
    }).start();

    expect(instance.path).toEqual(['start', 'throw']);
  });

  it('has no effect where nothing waits for it', () => {
    const instance = new TestInstance({ elements: [start, service('a'), end], flows: ['start > a', 'a > end'] }).start();

    expect(instance.send({ type: 'signalReceived', signal: 's', payload: {} })).toEqual({ state: instance.state, commands: [] });
  });
});

describe('an escalation', () => {
  const escalating: FlowElement = { id: 'sub', type: 'subProcess', flowElements: [{ id: 'in', type: 'startEvent' }, { id: 'ask', type: 'intermediateThrowEvent', event: { kind: 'escalation', escalationCode: 'LATE' } }, service('go')], sequenceFlows: [flowOf('in > ask'), flowOf('ask > go')] };
  const process = (...catching: FlowElement[]) => new TestInstance({ elements: [start, escalating, end, service('help'), ...catching], flows: ['start > sub', 'sub > end', ...catching.map(({ id }) => `${id} > help`)] }).start();

  it('leaves its scope running when the event does not interrupt', () => {
    const instance = process(boundary('late', 'sub', { kind: 'escalation', escalationCode: 'LATE' }, false));

    expect(instance.path).toEqual(['start', 'in', 'late', 'ask']);
    expect(instance.answer('go').answer('help').isEmpty).toBe(true);
  });

  it('ends its scope when the event interrupts', () => {
    expect(process(boundary('late', 'sub', { kind: 'escalation' })).answer('help').path).toEqual(['start', 'in', 'late', 'help']);
  });

  it('prefers the event with its code', () => {
    expect(process(boundary('any', 'sub', { kind: 'escalation' }), boundary('late', 'sub', { kind: 'escalation', escalationCode: 'LATE' })).path).toContain('late');
  });

  it('may stay uncaught', () => {
    expect(process().answer('go').state.status).toBe('completed');
  });
});

describe('a link', () => {
  it('jumps to the catch event of its name', () => {
    const instance = new TestInstance({
      elements: [start, { id: 'out', type: 'intermediateThrowEvent', event: { kind: 'link', link: 'A' } }, { id: 'in', type: 'intermediateCatchEvent', event: { kind: 'link', link: 'A' } }, end],
      flows: ['start > out', 'in > end'],
    }).start();

    expect(instance.path).toEqual(['start', 'out', 'in', 'end']);
    expect(instance.state.status).toBe('completed');
  });
});

describe('a conditional event', () => {
  const waiting = (condition: string) => new TestInstance({ variables: { level: 'number', note: 'string' }, elements: [start, { id: 'split', type: 'parallelGateway' }, { id: 'wait', type: 'intermediateCatchEvent', event: { kind: 'conditional', condition } }, { id: 'measure', type: 'userTask', candidateRoles: ['nurse'], form: 'f' }, end], flows: ['start > split', 'split > wait', 'split > measure', 'wait > end', 'measure > end'] });

  it('goes on at once when its condition holds already', () => {
    expect(waiting('level > 3').start({ level: 4 }).path).toEqual(['start', 'split', 'wait', 'end']);
  });

  it('waits while its condition is false or not yet known', () => {
    const instance = waiting('level > 3').start();

    expect(instance.path).toEqual(['start', 'split']);
    expect(instance.completeTask('measure', { level: 5 }).state.status).toBe('completed');
  });

  it('is an incident when its condition is neither true, false nor null', () => {
    expect(waiting('level + 1').start({ level: 1 }).openIncidents).toEqual([{ element: 'wait', code: 'CONDITION_NOT_BOOLEAN', allowed: ['retry', 'skip'] }]);
  });

  it('interrupts the activity that it is attached to', () => {
    const instance = new TestInstance({
      variables: { level: 'number' },
      elements: [start, { id: 'split', type: 'parallelGateway' }, service('infuse'), boundary('high', 'infuse', { kind: 'conditional', condition: 'level > 6' }), service('measure', { outputs: [{ target: 'level', source: 'result' }] }), end],
      flows: ['start > split', 'split > infuse', 'split > measure', 'infuse > end', 'high > end', 'measure > end'],
    }).start({ level: 4 }).answer('measure', 6.8);

    expect(instance.path).toEqual(['start', 'split', 'measure', 'high', 'end', 'end']);
    expect(instance.isEmpty).toBe(true);
  });
});

describe('a multiple event', () => {
  const both = [{ kind: 'signal' as const, signal: 's' }, { kind: 'timer' as const, timeDuration: '"PT1H"' }];

  it('needs any one of its definitions', () => {
    const instance = new TestInstance({ elements: [start, { id: 'wait', type: 'intermediateCatchEvent', event: { kind: 'multiple', events: both } }, end], flows: ['start > wait', 'wait > end'] }).start();
    fires(instance, 'wait');

    expect(instance.isEmpty).toBe(true);
  });

  it('needs all of them when it is parallel, in any order', () => {
    const instance = new TestInstance({ elements: [start, { id: 'wait', type: 'intermediateCatchEvent', event: { kind: 'multiple', parallel: true, events: both } }, end], flows: ['start > wait', 'wait > end'] }).start();
    fires(instance, 'wait');

    expect(instance.path).toEqual(['start']);

    instance.send({ type: 'signalReceived', signal: 's', payload: {} });

    expect(instance.isEmpty).toBe(true);
  });

  it('sets what each of its parts brings', () => {
    const instance = new TestInstance({
      variables: { a: 'number', b: 'number' },
      elements: [start, service('work'), boundary('both', 'work', { kind: 'multiple', parallel: true, events: [{ kind: 'signal', signal: 'a', mappings: [{ target: 'a', source: 'signal.n' }] }, { kind: 'signal', signal: 'b', mappings: [{ target: 'b', source: 'signal.n' }] }] }), end],
      flows: ['start > work', 'work > end', 'both > end'],
    }).start();
    instance.send({ type: 'signalReceived', signal: 'b', payload: { n: 2 } });
    instance.send({ type: 'signalReceived', signal: 'a', payload: { n: 1 } });

    expect(instance.variables).toEqual({ a: 1, b: 2 });
    expect(instance.isEmpty).toBe(true);
  });

  it('throws all of its definitions', () => {
    const instance = new TestInstance({ elements: [start, { id: 'done', type: 'endEvent', event: { kind: 'multiple', events: [{ kind: 'signal', signal: 's' }, { kind: 'message', message: 'm', correlationKey: '"k"' }] } }], flows: ['start > done'] }).start();

    expect(instance.effects).toEqual(['broadcastSignal', 'sendMessage', 'endInstance']);
  });

  it('starts an instance with one part and awaits the others when it is parallel', () => {
    const instance = new TestInstance({ elements: [{ id: 'begin', type: 'startEvent', event: { kind: 'multiple', parallel: true, events: [{ kind: 'signal', signal: 'a' }, { kind: 'signal', signal: 'b' }] } }, end], flows: ['begin > end'] });
    instance.send({ type: 'instanceStarted', signalName: 'b', variables: {} });

    expect(instance.state.status).toBe('running');

    instance.send({ type: 'signalReceived', signal: 'a', payload: {} });

    expect(instance.isEmpty).toBe(true);
  });
});
