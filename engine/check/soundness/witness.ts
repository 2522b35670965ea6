import { activeElements } from '../../active-elements.ts';
import type { FlowElement } from '../../definition/index.ts';
import { parseInstant } from '../../instant.ts';
import type { Json, Variables } from '../../json.ts';
import { openSubscriptions, openTimers } from '../../open-waits.ts';
import type { ProcessPlan } from '../../plan.ts';
import { playStep, ScriptError } from '../../simulate/play-step.ts';
import type { ScriptExpectation, ScriptInput, ScriptStep } from '../../simulate/script.ts';
import type { CallCommand, VirtualInstance } from '../../simulate/virtual-instance.ts';
import { VirtualWorld } from '../../simulate/virtual-world.ts';
import { openUserTasks } from '../../user-tasks.ts';
import { possibleMoves, type Move } from './environment.ts';
import type { WayStep } from './explore.ts';
import type { Verdict } from './verdicts.ts';

const startAt = '2026-01-01T00:00:00.000Z';

/** A process as the witness is played on it. */
export interface Stage {
  readonly plan: ProcessPlan;
  readonly elements: ReadonlyMap<string, FlowElement>;
}

/** So much beside the way is done at the most. */
const maximumDetours = 60;
/** So many other moments are tried for a step that came too late. */
const maximumMoments = 5;

/**
 * Plays the way on the real process and gives the script of it, when the trouble shows. Undefined when the data could
 * not be found. A called process is played as its caller sees it: what it gives, and how it ends. On the way timers fire
 * in any order; where others fire first, as time passes, what they begin is done as well. A step that time has overtaken is
 * done before the time passes.
 */
export function witnessScript(stage: Stage, verdict: Verdict, way: readonly WayStep[], payloadsFor: PayloadsFor): ScriptInput | undefined {
  const { script, stoppedAt } = follow(stage, verdict, way, payloadsFor);
  if (script || stoppedAt === undefined) return script;
  for (const earlier of doneEarlier(way, stoppedAt)) {
    const other = follow(stage, verdict, earlier, payloadsFor);
    if (other.script) return other.script;
  }
  return undefined;
}

type PayloadsFor = (way: readonly WayStep[]) => readonly Json[];

/** The way with its step `index` before one of the timers that fire before it, the latest first. */
function doneEarlier(way: readonly WayStep[], index: number): WayStep[][] {
  const late = way[index];
  if (!late || late.move.kind === 'timer') return [];
  const timers = [...way.slice(0, index).keys()].filter((at) => way[at]?.move.kind === 'timer').reverse();
  return timers.slice(0, maximumMoments).map((at) => way.toSpliced(index, 1).toSpliced(at, 0, late));
}

/** Plays the way, with what has to be done beside it; without a script, tells where it first came to a stop. */
function follow(stage: Stage, verdict: Verdict, way: readonly WayStep[], payloadsFor: PayloadsFor): { readonly script?: ScriptInput; readonly stoppedAt?: number } {
  let whole = way;
  let firstStop: { readonly stoppedAt?: number } = {};
  for (let detours = 0; detours <= maximumDetours; detours += 1) {
    const { world, steps, called, stoppedAt = whole.length, isRefused } = play(stage, whole, payloadsFor(whole));
    if (isRefused) return firstStop;
    const isWhole = stoppedAt === whole.length;
    if (detours === 0 && !isWhole) firstStop = { stoppedAt };
    const expect = isWhole || isHeldBy(world.main, verdict) ? expectationOf(world.main, verdict) : undefined;
    if (expect) {
      const openCalls = [...called].filter((id) => !whole.some(({ move }) => (move.kind === 'childEnded' || move.kind === 'childEscalated') && move.elementId === id));
      return { script: { format: 'careloop-script/1', ...(openCalls.length > 0 ? { openCalls } : {}), steps, expect } };
    }
    const detour = detourFrom(world.main, whole.slice(stoppedAt));
    if (!detour) return firstStop;
    whole = whole.toSpliced(stoppedAt, 0, { move: detour, decisions: [], activated: [] });
  }
  return firstStop;
}

/** The trouble is there as an incident, whatever is left of the way. */
function isHeldBy({ state }: VirtualInstance, { shows = [] }: Verdict): boolean {
  return Object.values(state.incidents).some(({ elementId }) => shows.includes(elementId));
}

interface Playing {
  readonly world: VirtualWorld;
  readonly steps: ScriptStep[];
  /** Call activities that have begun. */
  readonly called: ReadonlySet<string>;
  /** The first step of the way that the world does not offer. */
  readonly stoppedAt?: number;
  readonly isRefused?: true;
}

function play(stage: Stage, way: readonly WayStep[], payloads: readonly Json[]): Playing {
  const called = new Set<string>();
  const isCallPlayed = ({ elementId }: CallCommand): boolean => called.add(elementId).size > 0;
  const world = new VirtualWorld(stage.plan, { instanceId: 'simulated', startAt, answers: { service: () => undefined, ruleSet: () => undefined, isCallPlayed } });
  const steps: ScriptStep[] = [];
  for (const [index, { move }] of way.entries()) {
    try {
      for (const step of scriptSteps(world, stage, move, payloads[index] ?? {}, index)) {
        if (playStep(world, step)) return { world, steps, called, isRefused: true };
        steps.push(step);
      }
    } catch (error) {
      if (!(error instanceof ScriptError)) throw error;
      return { world, steps, called, stoppedAt: index };
    }
  }
  return { world, steps, called };
}

/** What keeps things going, the nearest first. */
const goesOn: readonly Move['kind'][] = ['answer', 'complete', 'childEnded', 'message', 'signal', 'timer'];

/** Something that is waited for; what the rest of the way does not do before what it does. */
function detourFrom({ plan, state }: VirtualInstance, rest: readonly WayStep[]): Move | undefined {
  const open = possibleMoves(plan, state, new Set()).filter((move) => move.kind !== 'childEnded' || move.code === undefined);
  const left = rest.map(({ move }) => move);
  const count = (moves: readonly Move[], { kind, elementId }: Move): number => moves.filter((move) => move.kind === kind && move.elementId === elementId).length;
  const possible = goesOn.flatMap((kind) => open.filter((move) => move.kind === kind));
  return possible.find((move) => count(open, move) > count(left, move)) ?? possible[0];
}

function* scriptSteps(world: VirtualWorld, { elements }: Stage, move: WayStep['move'], payload: Json, index: number): Generator<ScriptStep> {
  const { main: instance } = world;
  const element = move.elementId ?? '';
  switch (move.kind) {
    case 'start':
      yield { start: { variables: fieldsOf(payload), ...(move.elementId === undefined || move.message !== undefined ? {} : { element: move.elementId }), ...(move.message === undefined ? {} : { message: move.message }) } };
      return;
    case 'complete':
      yield* completions(instance, element, payload, index);
      return;
    case 'answer':
      yield elements.get(element)?.type === 'businessRuleTask' ? { decide: { element, result: payload } } : { answer: { element, result: payload } };
      return;
    case 'error':
      yield { error: { element, errorCode: move.errorCode } };
      return;
    case 'childEnded':
      yield move.code === undefined ? { answer: { element, result: fieldsOf(payload) } } : { error: { element, errorCode: move.code } };
      return;
    case 'childEscalated':
      yield { escalate: { element, escalationCode: move.code, payload: fieldsOf(payload) } };
      return;
    case 'begin':
      yield { activate: { element, activity: move.activityId } };
      return;
    case 'timer': {
      const due = openTimers(instance.state).find(({ elementId }) => elementId === element)?.dueAt;
      const [from, to] = [parseInstant(world.clock), due === undefined ? undefined : parseInstant(due)];
      // It fired together with an earlier one.
      if (from === undefined || to === undefined) return;
      yield { advance: `PT${Math.max(0, Math.ceil((to - from) / 1_000))}S` };
      return;
    }
    case 'message': {
      const subscription = openSubscriptions(instance.state).find(({ message, elementId }) => message === move.message && elementId === element);
      if (!subscription) throw new ScriptError('Expected an open subscription');
      yield { message: { name: move.message, correlationKey: subscription.correlationKey, payload: fieldsOf(payload) } };
      return;
    }
    case 'signal':
      yield { signal: { name: move.signal, payload: fieldsOf(payload) } };
      return;
  }
}

/** What starts a process, completes a task or comes as a message has fields. */
function fieldsOf(payload: Json): Record<string, Json> {
  // Arrays are excluded; the readonly union does not say so.
  return typeof payload === 'object' && payload !== null && !Array.isArray(payload) ? { ...(payload as Variables) } : {};
}

/** Somebody who was not there before does it; where two have to, another one confirms. */
function* completions(instance: VirtualInstance, element: string, payload: Json, index: number): Generator<ScriptStep> {
  for (const who of ['a', 'b']) {
    const task = openUserTasks(instance.plan, instance.state).find(({ elementId }) => elementId === element);
    if (!task || (who === 'b' && !task.verifying)) {
      if (who === 'a') throw new ScriptError('Expected an open task');
      return;
    }
    const person = { id: task.assignee ?? `person-${index + 1}${who}`, roles: [...task.candidateRoles], ...(task.candidateUnit === undefined ? {} : { unit: task.candidateUnit }) };
    yield { complete: { element, as: person, data: fieldsOf(payload) } };
  }
}

/** What the script ends in, when that is the trouble. */
function expectationOf(instance: VirtualInstance, { code, elementId, shows = [] }: Verdict): ScriptExpectation | undefined {
  const { state, log } = instance;
  const incidents = Object.values(state.incidents).map((incident) => ({ element: incident.elementId, code: incident.failure.code as string }));
  const active = activeElements(state);
  switch (code) {
    case 'DEADLOCK':
    case 'NO_WAY_OUT':
    case 'ERROR_UNCAUGHT': {
      const runtimeCode = { DEADLOCK: 'DEADLOCK', NO_WAY_OUT: 'NO_FLOW_TAKEN', ERROR_UNCAUGHT: 'UNCAUGHT_BPMN_ERROR' }[code];
      if (incidents.some((incident) => incident.code === runtimeCode && shows.includes(incident.element))) return { status: 'running', incidents };
      return code === 'DEADLOCK' && incidents.length === 0 && state.status === 'running' && shows.every((id) => active.includes(id)) ? { status: 'running' } : undefined;
    }
    case 'ENDLESS_LOOP':
      return incidents.some((incident) => incident.code === 'STEP_BUDGET_EXCEEDED') ? { status: 'running', incidents } : undefined;
    case 'LIVELOCK':
      return state.status === 'running' && incidents.length === 0 && shows.every((id) => active.includes(id)) ? { status: 'running' } : undefined;
    case 'IMPROPER_COMPLETION':
    case 'UNBOUNDED_TOKENS':
      return incidents.length === 0 && (isQueued(instance, elementId) || log.filter((entry) => entry.action === 'element.activated' && entry.elementId === elementId).length > 1) ? { status: state.status, incidents: [] } : undefined;
    default:
      return undefined;
  }
}

/** Two tokens came to a join over the same flow. */
function isQueued({ state }: VirtualInstance, elementId: string): boolean {
  return Object.values(state.scopes).some(({ joins }) => Object.values(joins?.[elementId] ?? {}).some((count) => count > 1));
}
