import { describe, expect, it } from '@jest/globals';
import type { FlowElement } from './definition/index.ts';
import { elementTypesAt } from './migration/migration-findings.ts';
import { openSignalSubscriptions, openSubscriptions, openTimers, openWaits } from './open-waits.ts';
import type { ProcessState } from './state.ts';
import { step } from './step.ts';
import { at, end, start, system, TestInstance } from './testing/process-builder.ts';

const dueAt = '2026-03-01T09:00:00.000Z';
const timer = (id: string): FlowElement => ({ id, type: 'intermediateCatchEvent', event: { kind: 'timer', timeDuration: '"PT1H"' } });
const message = (id: string): FlowElement => ({ id, type: 'intermediateCatchEvent', event: { kind: 'message', message: 'm', correlationKey: '"k"' } });
const signal = (id: string): FlowElement => ({ id, type: 'intermediateCatchEvent', event: { kind: 'signal', signal: 'alarm' } });
const waiting = () => new TestInstance({ elements: [start, timer('wait'), message('result'), signal('alarm'), end], flows: ['start > wait', 'start > result', 'start > alarm', 'wait > end', 'result > end', 'alarm > end'] }).start();

describe('what the state keeps of an event that is waited for', () => {
  it('leaves out which event it is, when that event itself waits', () => {
    const { state, commands } = waiting();

    expect(Object.values(state.timers)).toEqual([{ id: 'd3', elementInstanceId: 'e2', dueAt }]);
    expect(openTimers(state)).toEqual([{ id: 'd3', elementInstanceId: 'e2', elementId: 'wait', dueAt }]);
    expect(commands).toContainEqual({ type: 'startTimer', timer: openTimers(state)[0] });
    expect(commands).toContainEqual({ type: 'openSubscription', subscription: openSubscriptions(state)[0] });
    expect(commands).toContainEqual({ type: 'openSignalSubscription', subscription: openSignalSubscriptions(state)[0] });
    expect(openWaits(state).map(({ elementId }) => elementId)).toEqual(['wait', 'result', 'alarm']);
  });

  it.each([['timer', timer], ['message', message], ['signal', signal]])('is at most 200 bytes a token with its element instance: %s', (_kind, elementOf) => {
    const size = (count: number): number => {
      const ids = Array.from({ length: count }, (_, index) => `task${index}`);
      return JSON.stringify(new TestInstance({ elements: [start, ...ids.map(elementOf)], flows: ids.map((id) => `start > ${id}`) }).start().state).length;
    };

    expect((size(100) - size(10)) / 90).toBeLessThanOrEqual(200);
  });

  it('is that of the target version after a migration', () => {
    const before = new TestInstance({ elements: [start, message('result'), end], flows: ['start > result', 'result > end'] }).start();
    const target = new TestInstance({ elements: [start, message('report'), end], flows: ['start > report', 'report > end'] });

    const { state, commands } = step(target.plan, before.state, { id: 'x', at, actor: system, type: 'instanceMigrated', version: '2', mapping: { result: 'report' }, types: elementTypesAt(before.plan, before.state), reason: 'renamed' });

    expect(openSubscriptions(state)).toEqual([{ id: 'm3', elementInstanceId: 'e2', elementId: 'report', message: 'm', correlationKey: 'k' }]);
    expect(commands).toContainEqual({ type: 'openSubscription', subscription: openSubscriptions(state)[0] });
  });

  it('is read the same from a state of an earlier release, which kept all of it', () => {
    const { plan, state } = waiting();
    const whole = <Wait extends { readonly id: string }>(waits: readonly Wait[]) => Object.fromEntries(waits.map((wait) => [wait.id, wait]));
    const earlier: ProcessState = { ...state, timers: whole(openTimers(state)), subscriptions: whole(openSubscriptions(state)), signalSubscriptions: whole(openSignalSubscriptions(state)) };
    const events = [
      { id: 'x', at: dueAt, actor: system, type: 'timerFired', timerId: 'd3' },
      { id: 'x', at, actor: system, type: 'messageReceived', subscriptionId: 'm5', payload: {} },
      { id: 'x', at, actor: system, type: 'signalReceived', signal: 'alarm', payload: {} },
    ] as const;

    for (const event of events) {
      const now = step(plan, state, event);
      const then = step(plan, earlier, event);

      expect(now.commands.length).toBeGreaterThan(1);
      expect(then.commands).toEqual(now.commands);
      expect(openWaits(then.state)).toEqual(openWaits(now.state));
    }
  });
});
