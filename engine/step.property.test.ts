import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compile } from './compile.ts';
import { createInitialState } from './create-initial-state.ts';
import type { EngineEvent } from './event.ts';
import type { ProcessPlan } from './plan.ts';
import type { ProcessState } from './state.ts';
import { step } from './step.ts';
import { at, deepFreeze, operator, system } from './testing/process-builder.ts';
import { blockArbitrary } from './testing/random-block.ts';
import { definitionOfBlock } from './testing/random-process.ts';
import { OpenRequests, possibleEvents } from './testing/random-schedule.ts';

const numRuns = Number(process.env['CARELOOP_PROPERTY_RUNS'] ?? 200);
const settings = { seed: 20_261_122, numRuns };
const maximumEvents = 2_000;
const schedule = fc.array(fc.nat(9_999), { minLength: 20, maxLength: 60 });
const reload = (state: ProcessState): ProcessState => JSON.parse(JSON.stringify(state)) as ProcessState;

/** Plays a random schedule; after every event one run goes on with the state in memory, the other with the reloaded one. */
function play(plan: ProcessPlan, choices: readonly number[], cancelAfter = Number.POSITIVE_INFINITY): { state: ProcessState; open: OpenRequests; events: number } {
  const open = new OpenRequests();
  let kept = deepFreeze(createInitialState(plan, { instanceId: 'i1' }));
  let reloaded = kept;
  const apply = (event: EngineEvent): void => {
    const one = step(plan, kept, event);
    const other = step(plan, reloaded, event);
    expectSame(other, one);
    expect(one.commands.find(({ type }) => type === 'rejectEvent')).toBeUndefined();
    open.take(event, one.commands);
    kept = deepFreeze(one.state);
    reloaded = reload(other.state);
    expectSame(reloaded, kept);
  };
  apply({ id: 'c0', at, actor: system, type: 'instanceStarted', variables: { x: (choices[0] ?? 0) % 10, y: 0 } });
  for (let count = 0; count < maximumEvents; count += 1) {
    if (kept.status !== 'running') return { state: kept, open, events: count };
    // The position is mixed in, so that a short schedule does not repeat the same choice for ever.
    const choice = ((choices[count % choices.length] ?? 0) + Math.floor(count / choices.length) * 7) % 10_000;
    const events = possibleEvents(kept, open, choice);
    const event = count >= cancelAfter ? ({ id: 'cancel', at, actor: operator, type: 'instanceCancelled', reason: 'random' } as const) : events[choice % Math.max(1, events.length)];
    if (!event) throw new Error(`Expected a running instance to wait for something, but it has ${JSON.stringify(kept.elementInstances)}`);
    apply(event);
  }
  throw new Error(`Expected the instance to end within ${maximumEvents} events, but it runs on`);
}

/** jest's own comparison is slow, and only needed to show a difference. */
function expectSame(actual: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(actual, expected)) expect(actual).toStrictEqual(expected);
}

function expectNothingLeft({ state, open }: { readonly state: ProcessState; readonly open: OpenRequests }): void {
  const { elementInstances, userTasks, timers, subscriptions, incidents, signalSubscriptions = {}, conditions = {}, occurrences = {}, scopes } = state;
  expect({ elementInstances, userTasks, timers, subscriptions, incidents, signalSubscriptions, conditions, occurrences }).toEqual({ elementInstances: {}, userTasks: {}, timers: {}, subscriptions: {}, incidents: {}, signalSubscriptions: {}, conditions: {}, occurrences: {} });
  expect(Object.keys(scopes)).toEqual(['root']);
  expect(scopes['root']).not.toHaveProperty('joins');
  expect([...open.others]).toEqual([]);
  expect([...open.services]).toEqual([]);
  expect([...open.children]).toEqual([]);
}

describe('random schedules of random sound processes', () => {
  it('end, leave no token, and do not notice a reload after every event', () => {
    fc.assert(
      fc.property(blockArbitrary, schedule, (block, choices) => {
        const outcome = play(compile(definitionOfBlock(block)), choices);

        expect(outcome.state.status).toBe('completed');
        expectNothingLeft(outcome);
      }),
      settings,
    );
  });

  it('leave nothing open when they are cancelled at any moment', () => {
    fc.assert(
      fc.property(blockArbitrary, schedule, fc.nat(15), (block, choices, cancelAfter) => {
        const outcome = play(compile(definitionOfBlock(block)), choices, cancelAfter);

        expect(['completed', 'cancelled']).toContain(outcome.state.status);
        expectNothingLeft(outcome);
      }),
      settings,
    );
  });
});
