import { compile, createInitialState, engineActor, step, type ProcessDefinition, type ProcessPlan, type ProcessState, type TimerEventDefinition } from '#engine';

/** The clock of a timer start event: it keeps time as the engine does, since it is an instance of the engine's. */
export interface StartClock {
  readonly state: ProcessState;
  /** When it starts an instance next; absent when it never will. */
  readonly dueAt?: string;
}

/** Sets the clock of a timer start event, counting from `at`. Undefined when the timer gives no time. */
export function setClock(definition: ProcessDefinition, event: TimerEventDefinition, at: string): StartClock | undefined {
  const plan = planOf(definition, event);
  const { state } = step(plan, createInitialState(plan, { instanceId: 'clock' }), { id: 'set', at, actor: engineActor, type: 'instanceStarted', variables: {} });
  return clockOf(state).dueAt === undefined ? undefined : clockOf(state);
}

/** The clock after it has struck at `at`: a cycle goes on with the next moment to come. */
export function strike(definition: ProcessDefinition, event: TimerEventDefinition, { state }: StartClock, at: string): StartClock {
  const timer = nextTimer(state);
  return timer ? clockOf(step(planOf(definition, event), state, { id: timer.id, at, actor: engineActor, type: 'timerFired', timerId: timer.id }).state) : clockOf(state);
}

function clockOf(state: ProcessState): StartClock {
  const timer = nextTimer(state);
  return { state, ...(timer ? { dueAt: timer.dueAt } : {}) };
}

function nextTimer(state: ProcessState) {
  return Object.values(state.timers)[0];
}

/** Waits beside the timer for something that never comes. */
function planOf({ calendars }: ProcessDefinition, event: TimerEventDefinition): ProcessPlan {
  const text = { 'zh-CN': '时钟', en: 'Clock' };
  return compile({
    format: 'careloop-process/1', key: 'clock', version: '1', name: text, variables: [], ...(calendars ? { calendars } : {}),
    flowElements: [
      { id: 'set', type: 'startEvent' },
      { id: 'wait', type: 'userTask', candidateRoles: ['nobody'], form: 'none' },
      { id: 'strike', type: 'boundaryEvent', attachedToRef: 'wait', cancelActivity: false, event },
      { id: 'end', type: 'endEvent' },
    ],
    sequenceFlows: [
      { id: 'set_wait', sourceRef: 'set', targetRef: 'wait' },
      { id: 'wait_end', sourceRef: 'wait', targetRef: 'end' },
      { id: 'strike_end', sourceRef: 'strike', targetRef: 'end' },
    ],
  });
}
