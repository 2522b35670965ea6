import { describe, expect, it } from '@jest/globals';
import { compile } from '../compile.ts';
import type { FlowElement, ProcessDefinition } from '../definition/index.ts';
import { generateMapping } from '../migration/generate-mapping.ts';
import { elementTypesAt, migrationFindings } from '../migration/migration-findings.ts';
import type { MigrationFinding } from '../migration/migration-finding.ts';
import { tryMigration } from '../migration/try-migration.ts';
import { step } from '../step.ts';
import { TestInstance, at, end, flowOf, nurse, operator, processOf, service, start, userTask } from '../testing/process-builder.ts';
import { openUserTasks } from '../user-tasks.ts';

const running = (instance: TestInstance) => Object.values(instance.state.elementInstances).map(({ elementId }) => elementId);
const line = (): TestInstance => new TestInstance({ variables: { x: 'number' }, elements: [start, service('a'), userTask('b'), end], flows: ['start > a', 'a > b', 'b > end'] }).start();

describe('a paused instance', () => {
  it('holds what comes from outside and plays it, in order, when it goes on', () => {
    const instance = line();
    const { id } = instance.instance('a');
    instance.send({ type: 'instancePaused', reason: 'ward is moving', actor: operator });
    instance.send({ type: 'serviceCompleted', elementInstanceId: id, result: {} });

    expect(running(instance)).toEqual(['a']);
    expect(instance.state.paused).toMatchObject({ by: 'o1', reason: 'ward is moving', held: [{ type: 'serviceCompleted' }] });
    expect(instance.log.at(-1)).toMatchObject({ action: 'event.held' });

    instance.send({ type: 'instanceResumed', reason: 'moved', actor: operator });

    expect(running(instance)).toEqual(['b']);
    expect(instance.state).not.toHaveProperty('paused');
  });

  it('refuses what people do', () => {
    const instance = line().answer('a');
    instance.send({ type: 'instancePaused', reason: 'x', actor: operator });

    expect(instance.completeTask('b').refusal).toBe('INSTANCE_PAUSED');
    expect(instance.task('b')).toBeDefined();
  });

  it('can be cancelled, and neither paused twice nor resumed when it runs', () => {
    const instance = line();
    instance.send({ type: 'instanceResumed', reason: 'x' });
    expect(instance.refusal).toBe('INSTANCE_NOT_PAUSED');

    instance.send({ type: 'instancePaused', reason: ' ' });
    expect(instance.refusal).toBe('REASON_MISSING');

    instance.send({ type: 'instancePaused', reason: 'x' });
    instance.send({ type: 'instancePaused', reason: 'y' });
    expect(instance.refusal).toBe('INSTANCE_PAUSED');

    instance.send({ type: 'instanceCancelled', reason: 'z' });
    expect(instance.state.status).toBe('cancelled');
    expect(instance.isEmpty).toBe(true);
  });

  it('only records what has come too late when it goes on', () => {
    const instance = new TestInstance({ elements: [start, service('a'), { id: 'late', type: 'boundaryEvent', attachedToRef: 'a', cancelActivity: true, event: { kind: 'signal', signal: 's' } }, end], flows: ['start > a', 'a > end', 'late > end'] }).start();
    const { id } = instance.instance('a');
    instance.send({ type: 'instancePaused', reason: 'x' });
    instance.send({ type: 'signalReceived', signal: 's', payload: {} });
    instance.send({ type: 'serviceCompleted', elementInstanceId: id, result: {} });
    instance.send({ type: 'instanceResumed', reason: 'y' });

    expect(instance.path).toEqual(['start', 'late', 'end']);
    expect(instance.refusal).toBeUndefined();
  });
});

describe('moving a token', () => {
  it('ends one element and begins another, on record with who and why', () => {
    const instance = line();
    instance.send({ type: 'instanceModified', instructions: [{ kind: 'move', elementInstanceId: instance.instance('a').id, elementId: 'b' }], reason: 'done on paper', variables: { x: 4 }, actor: operator });

    expect(running(instance)).toEqual(['b']);
    expect(instance.effects).toEqual(['cancelService', 'createUserTask']);
    expect(instance.variables).toEqual({ x: 4 });
    expect(instance.log.find(({ action }) => action === 'instance.modified')).toMatchObject({ actor: operator, reason: 'done on paper', detail: { instructions: [{ kind: 'move', elementId: 'b' }] } });
  });

  it('begins the sub-processes around an element, and arms what belongs to them', () => {
    const sub: FlowElement = { id: 'sub', type: 'subProcess', flowElements: [{ id: 'in', type: 'startEvent' }, service('deep')], sequenceFlows: [flowOf('in > deep')] };
    const instance = new TestInstance({ elements: [start, service('a'), sub, end], flows: ['start > a', 'a > sub', 'sub > end'] }).start();
    instance.send({ type: 'instanceModified', instructions: [{ kind: 'move', elementInstanceId: instance.instance('a').id, elementId: 'deep' }], reason: 'x' });

    expect(running(instance)).toEqual(['sub', 'deep']);
    expect(instance.answer('deep').path).toEqual(['start', 'deep', 'sub', 'end']);
  });

  it('asks which one when an element can stand in several scopes', () => {
    const sub: FlowElement = { id: 'sub', type: 'subProcess', multiInstance: { kind: 'multiInstance', sequential: false, cardinality: '2' }, flowElements: [{ id: 'in', type: 'startEvent' }, service('one'), service('two')], sequenceFlows: [flowOf('in > one'), flowOf('one > two')] };
    const instance = new TestInstance({ elements: [start, sub, end], flows: ['start > sub', 'sub > end'] }).start();
    instance.send({ type: 'instanceModified', instructions: [{ kind: 'activate', elementId: 'two' }], reason: 'x' });
    expect(instance.refusal).toBe('MODIFICATION_INVALID');

    const ancestorId = Object.values(instance.state.elementInstances).find(({ loopCounter }) => loopCounter === 2)?.id ?? '';
    instance.send({ type: 'instanceModified', instructions: [{ kind: 'activate', elementId: 'two', ancestorId }], reason: 'x' });
    expect(running(instance).filter((id) => id === 'two')).toHaveLength(1);
  });

  it.each([
    ['an element that is not there', [{ kind: 'activate' as const, elementId: 'nowhere' }]],
    ['an instance that is not there', [{ kind: 'terminate' as const, elementInstanceId: 'e99' }]],
    ['nothing left to run', [{ kind: 'terminate' as const, elementInstanceId: 'e2' }]],
  ])('refuses %s', (_what, instructions) => {
    const instance = line();
    const { state } = instance;
    instance.send({ type: 'instanceModified', instructions, reason: 'x' });

    expect(instance.refusal).toBe('MODIFICATION_INVALID');
    expect(instance.state).toBe(state);
  });
});

describe('cancelling with compensation', () => {
  const undoes = (host: string): FlowElement[] => [{ id: `${host}Undo`, type: 'boundaryEvent', attachedToRef: host, cancelActivity: true, event: { kind: 'compensation', handler: `undo${host}` } }, service(`undo${host}`, { isForCompensation: true })];
  const sub: FlowElement = { id: 'sub', type: 'subProcess', flowElements: [{ id: 'in', type: 'startEvent' }, service('b'), ...undoes('b'), service('c')], sequenceFlows: [flowOf('in > b'), flowOf('b > c')] };
  const instance = (): TestInstance => new TestInstance({ elements: [start, service('a'), ...undoes('a'), sub, end], flows: ['start > a', 'a > sub', 'sub > end'] }).start().answer('a');

  it('undoes the process as a whole by its compensation event sub-process, after what completed in a sub-process', () => {
    const onUndo: FlowElement = { id: 'whole', type: 'subProcess', triggeredByEvent: true, flowElements: [{ id: 'asked', type: 'startEvent', event: { kind: 'compensation' } }, service('undoAll')], sequenceFlows: [flowOf('asked > undoAll')] };
    const cancelled = new TestInstance({ elements: [start, service('a'), ...undoes('a'), sub, end, onUndo], flows: ['start > a', 'a > sub', 'sub > end'] }).start().answer('a').answer('b');

    cancelled.send({ type: 'instanceCancelled', reason: 'patient left', compensate: true, actor: operator });

    expect(running(cancelled)).toEqual(['undob']);
    expect(running(cancelled.answer('undob'))).toEqual(['whole', 'undoAll']);
    expect(cancelled.answer('undoAll').state.status).toBe('cancelled');
  });

  it('undoes what completed, also in a sub-process that still runs, latest first, before it ends', () => {
    const cancelled = instance();
    cancelled.send({ type: 'serviceCompleted', elementInstanceId: cancelled.instance('b').id, result: {}, at: '2026-03-01T08:05:00.000Z' });
    cancelled.send({ type: 'instanceCancelled', reason: 'patient left', compensate: true, actor: operator });

    expect(cancelled.state.status).toBe('running');
    expect(running(cancelled)).toEqual(['undob']);
    expect(running(cancelled.answer('undob'))).toEqual(['undoa']);

    cancelled.answer('undoa');

    expect(cancelled.state.status).toBe('cancelled');
    expect(cancelled.isEmpty).toBe(true);
    expect(cancelled.log.at(-1)).toMatchObject({ action: 'instance.cancelled', actor: operator, reason: 'patient left' });
  });

  it('without it ends at once', () => {
    const cancelled = instance();
    cancelled.send({ type: 'instanceCancelled', reason: 'x' });

    expect(cancelled.state.status).toBe('cancelled');
  });
});

describe('reopening', () => {
  it('lets an ended instance go on where it is told, with its data', () => {
    const instance = line().answer('a').completeTask('b', { x: 3 }, nurse);
    instance.send({ type: 'instanceReopened', elementIds: ['b'], reason: 'result was corrected', actor: operator });

    expect(instance.state.status).toBe('running');
    expect(instance.state).not.toHaveProperty('endedAt');
    expect(instance.completeTask('b', {}, nurse).state.status).toBe('completed');
    expect(instance.variables).toEqual({ x: 3 });
  });

  it('is refused while it runs, and without an element', () => {
    const instance = line();
    instance.send({ type: 'instanceReopened', elementIds: ['b'], reason: 'x' });
    expect(instance.refusal).toBe('INSTANCE_NOT_ENDED');

    instance.send({ type: 'instanceCancelled', reason: 'x' });
    instance.send({ type: 'instanceReopened', elementIds: [], reason: 'x' });
    expect(instance.refusal).toBe('MODIFICATION_INVALID');
  });
});

describe('migrating', () => {
  const first = processOf({ variables: { x: 'number' }, elements: [start, service('a'), { ...userTask('b'), name: { 'zh-CN': '核对', en: 'Check' } } as FlowElement, end], flows: ['start > a', 'a > b', 'b > end'] });
  const migrate = (instance: TestInstance, target: ProcessDefinition, mapping: Record<string, string> = {}) => {
    const plan = compile(target);
    const result = step(plan, instance.state, { id: 'm', at, actor: operator, type: 'instanceMigrated', version: '2', mapping, types: elementTypesAt(instance.plan, instance.state), reason: 'new rules' });
    return { plan, ...result };
  };
  const from = (): TestInstance => new TestInstance({ variables: { x: 'number' }, elements: first.flowElements, flows: ['start > a', 'a > b', 'b > end'] }).start();

  it('goes on in the other version, with ids mapped, its new events armed and its tasks as that version offers them', () => {
    const target = processOf({
      variables: { x: 'number' },
      elements: [start, service('a'), { ...userTask('check', { candidateRoles: ['pharmacist'] }), name: { 'zh-CN': '核对', en: 'Check' } } as FlowElement, { id: 'late', type: 'boundaryEvent', attachedToRef: 'check', cancelActivity: false, event: { kind: 'timer', timeDuration: '"PT1H"' } }, end],
      flows: ['start > a', 'a > check', 'check > end', 'late > end'],
    });
    expect(generateMapping(first, target)).toEqual({ mapping: { b: 'check' }, unmapped: [] });

    const { plan, state, commands } = migrate(from().answer('a'), target, { b: 'check' });

    expect(openUserTasks(plan, state)).toMatchObject([{ elementId: 'check', candidateRoles: ['pharmacist'] }]);
    expect(commands.find(({ type }) => type === 'updateUserTask')).toMatchObject({ task: { elementId: 'check', candidateRoles: ['pharmacist'] } });
    expect(Object.values(state.timers)).toMatchObject([{ elementId: 'late', dueAt: '2026-03-01T09:00:00.000Z' }]);
    expect(commands.find((command) => command.type === 'recordEntry' && command.entry.action === 'instance.migrated')).toMatchObject({ entry: { reason: 'new rules', detail: { version: '2', mapping: { b: 'check' } } } });
  });

  it('opens a new sub-process around what runs', () => {
    const sub: FlowElement = { id: 'sub', type: 'subProcess', flowElements: [{ id: 'in', type: 'startEvent' }, service('a')], sequenceFlows: [flowOf('in > a')] };
    const target = processOf({ variables: { x: 'number' }, elements: [start, sub, { id: 'stop', type: 'boundaryEvent', attachedToRef: 'sub', cancelActivity: true, event: { kind: 'signal', signal: 's' } }, userTask('b'), end], flows: ['start > sub', 'sub > b', 'stop > end', 'b > end'] });
    const { plan, state } = migrate(from(), target);
    const answered = step(plan, state, { id: 'r', at, actor: operator, type: 'serviceCompleted', elementInstanceId: 'e2', result: {} });

    expect(Object.keys(state.signalSubscriptions ?? {})).toHaveLength(1);
    expect(openUserTasks(plan, answered.state)).toMatchObject([{ elementId: 'b' }]);
    expect(answered.state.signalSubscriptions).toEqual({});
  });

  it('says in a dry run, element by element, why it cannot', () => {
    const target = processOf({ variables: { x: 'string' }, elements: [start, userTask('b'), end], flows: ['start > b', 'b > end'] });
    const instance = from();
    instance.state = { ...instance.state, scopes: { root: { id: 'root', variables: { x: 1 } } } };

    expect(migrationFindings(compile(target), instance.state, {}, elementTypesAt(instance.plan, instance.state))).toEqual([
      { code: 'GOES_NOWHERE', elementId: 'a', message: 'Expected a, at which the instance is, to go to an element of the target version, but it goes nowhere' },
      { code: 'VARIABLE_TYPE_DIFFERS', place: 'x', message: 'Expected variable x to be of type string, but got a number' },
    ]);
    expect(migrate(instance, target).commands).toContainEqual(expect.objectContaining({ type: 'rejectEvent', failure: expect.objectContaining({ code: 'MIGRATION_INVALID', elementId: 'a' }) }));
  });

  it('closes the events that the other version has not', () => {
    const guarded: FlowElement[] = [start, service('a'), { id: 'late', type: 'boundaryEvent', attachedToRef: 'a', cancelActivity: true, event: { kind: 'timer', timeDuration: '"PT1H"' } }, end];
    const instance = new TestInstance({ elements: guarded, flows: ['start > a', 'a > end', 'late > end'] }).start();
    const { state, commands } = migrate(instance, processOf({ elements: [start, service('a'), end], flows: ['start > a', 'a > end'] }));

    expect(state.timers).toEqual({});
    expect(commands.map(({ type }) => type)).toContain('cancelTimer');
  });

  it('refuses a step of another type, another process, and a timer that fails with the data, before anything changes', () => {
    const instance = from();
    const sent = compile(processOf({ variables: { x: 'number' }, elements: [start, userTask('a'), { ...userTask('b'), name: { 'zh-CN': '核对', en: 'Check' } } as FlowElement, end], flows: ['start > a', 'a > b', 'b > end'] }));
    const late: FlowElement = { id: 'late', type: 'boundaryEvent', attachedToRef: 'a', cancelActivity: true, event: { kind: 'timer', timeDuration: '"soon"' } };
    const failing = compile(processOf({ variables: { x: 'number' }, elements: [...first.flowElements, late], flows: ['start > a', 'a > b', 'b > end', 'late > end'] }));

    expect(tryMigration(instance.plan, sent, instance.state, {}, at)).toMatchObject([{ code: 'TYPE_DIFFERS', elementId: 'a', targetElementId: 'a' }]);
    expect(tryMigration(instance.plan, compile({ ...first, key: 'other' }), instance.state, {}, at)).toMatchObject([{ code: 'PROCESS_DIFFERS' }]);
    expect(tryMigration(instance.plan, failing, instance.state, {}, at)).toMatchObject([{ code: 'EXPRESSION_FAILS', targetElementId: 'late' }]);
    expect(tryMigration(instance.plan, compile(first), instance.state, {}, at)).toEqual([]);
  });

  it('says which value in a sub-process that runs has another type in the other version, once for all repetitions', () => {
    const sub = (type: 'number' | 'string', multiInstance?: { readonly kind: 'multiInstance'; readonly sequential: false; readonly cardinality: string }): FlowElement => ({
      id: 'sub', type: 'subProcess', variables: [{ name: 'dose', type, classification: 'patient' }], inputs: [{ target: 'dose', source: '5' }],
      flowElements: [{ id: 'in', type: 'startEvent' }, userTask('give')], sequenceFlows: [flowOf('in > give')], ...(multiInstance ? { multiInstance } : {}),
    });
    const thrice = { kind: 'multiInstance', sequential: false, cardinality: '3' } as const;
    const findingsOf = (present: FlowElement, other: FlowElement): readonly MigrationFinding[] => {
      const instance = new TestInstance({ elements: [start, present, end], flows: ['start > sub', 'sub > end'] }).start();
      return tryMigration(instance.plan, compile(processOf({ elements: [start, other, end], flows: ['start > sub', 'sub > end'] })), instance.state, {}, at);
    };

    expect(findingsOf(sub('number'), sub('number'))).toEqual([]);
    expect(findingsOf(sub('number'), sub('string'))).toMatchObject([{ code: 'VARIABLE_TYPE_DIFFERS', elementId: 'sub', place: 'dose' }]);
    expect(findingsOf(sub('number', thrice), sub('string', thrice))).toMatchObject([{ code: 'VARIABLE_TYPE_DIFFERS', elementId: 'sub', place: 'dose' }]);
  });

  it('awaits what the other version adds behind an event-based gateway, and closes what it takes away', () => {
    const hear = (id: string, signal: string): FlowElement => ({ id, type: 'intermediateCatchEvent', event: { kind: 'signal', signal } });
    const late: FlowElement = { id: 'late', type: 'intermediateCatchEvent', event: { kind: 'timer', timeDuration: '"PT1H"' } };
    const gateway: FlowElement = { id: 'which', type: 'eventBasedGateway' };
    const instance = new TestInstance({ elements: [start, gateway, hear('a', 'x'), hear('b', 'y'), end], flows: ['start > which', 'which > a', 'which > b', 'a > end', 'b > end'] }).start();
    const { plan, state, commands } = migrate(instance, processOf({ elements: [start, gateway, hear('b', 'y'), late, end], flows: ['start > which', 'which > b', 'which > late', 'b > end', 'late > end'] }));
    const [timer] = Object.values(state.timers);
    const fired = step(plan, state, { id: 'f', at: '2026-03-01T09:00:00.000Z', actor: operator, type: 'timerFired', timerId: timer?.id ?? '' });

    expect(Object.values(state.signalSubscriptions ?? {})).toMatchObject([{ elementId: 'b', signal: 'y' }]);
    expect(commands).toContainEqual({ type: 'startTimer', timer: expect.objectContaining({ elementId: 'late', dueAt: '2026-03-01T09:00:00.000Z' }) });
    expect(fired.state).toMatchObject({ status: 'completed', signalSubscriptions: {} });
  });

  it('tells again what waits or is stuck at an element that has another id', () => {
    const call = (id: string): FlowElement => ({ id, type: 'receiveTask', event: { kind: 'message', message: 'm', correlationKey: '"k"' } } as FlowElement);
    const instance = new TestInstance({ elements: [start, call('a'), end], flows: ['start > a', 'a > end'] }).start();
    const { commands } = migrate(instance, processOf({ elements: [start, call('heard'), end], flows: ['start > heard', 'heard > end'] }), { a: 'heard' });

    expect(commands).toContainEqual({ type: 'openSubscription', subscription: expect.objectContaining({ elementId: 'heard', message: 'm' }) });
  });
});
