import type { RuleSetDocument } from '#rules';
import { compile } from '../compile.ts';
import type { ProcessDefinition } from '../definition/index.ts';
import type { Json, Variables } from '../json.ts';
import { openConditions, openSignalSubscriptions, openSubscriptions, openTimers } from '../open-waits.ts';
import type { ProcessBundle } from '../plan.ts';
import { openUserTasks } from '../user-tasks.ts';
import { unmetExpectations } from './expectations.ts';
import { playStep, ScriptError } from './play-step.ts';
import type { Script, ScriptStep } from './script.ts';
import type { RefusedStep, SimulatedInstance, SimulationResult, WaitingFor } from './simulation-result.ts';
import type { VirtualInstance } from './virtual-instance.ts';
import { VirtualWorld } from './virtual-world.ts';

/** What a simulation depends on beside the script. */
export interface SimulateOptions {
  /** Versions in effect, for decisions that no step of the script takes; of one key, the last counts. */
  readonly ruleSets?: readonly RuleSetDocument[];
  /** Answers every service that neither the script nor its `services` answers with `{}`. */
  readonly autoServices?: boolean;
  /** Start variables when the script is absent or has no `start`. */
  readonly variables?: Variables;
  /** Start event at which it begins when the script is absent or has no `start`. */
  readonly startEventId?: string;
  /** ISO 8601 UTC instant at which the clock begins. */
  readonly startAt?: string;
  readonly instanceId?: string;
  /** Processes that the simulated one calls, or that start by its messages and signals. */
  readonly processes?: readonly (ProcessDefinition | ProcessBundle)[];
}

const defaultStartAt = '2026-01-01T00:00:00.000Z';

/**
 * Runs a process under a virtual clock by folding the same `step` as the real shell. Without a script it starts
 * and shows what is open. Throws DefinitionError.
 */
export function simulate(source: ProcessDefinition | ProcessBundle, script?: Script, options: SimulateOptions = {}): SimulationResult {
  const plan = compile(source);
  const steps: readonly ScriptStep[] = script?.steps.some((step) => 'start' in step) ? script.steps : [{ start: { variables: { ...options.variables }, ...(options.startEventId === undefined ? {} : { element: options.startEventId }) } }, ...(script?.steps ?? [])];
  const offset = steps.length - (script?.steps.length ?? 0);
  const scripted = elementsOf(steps);
  const world = new VirtualWorld(plan, {
    others: (options.processes ?? []).map((other) => compile(other)),
    instanceId: options.instanceId ?? 'simulated',
    startAt: options.startAt ?? defaultStartAt,
    answers: {
      service: ({ elementId, activity }) => (scripted.has(elementId) ? undefined : defaultAnswer(activity, script, options)),
      isCallPlayed: ({ elementId }) => scripted.has(elementId) || (script?.openCalls?.includes(elementId) ?? false),
      ruleSet: ({ elementId, ruleSet }) => (scripted.has(elementId) ? undefined : options.ruleSets?.findLast(({ key }) => key === ruleSet)),
    },
  });

  const refused: RefusedStep[] = [];
  const problems: string[] = [];
  for (const [index, scriptStep] of steps.entries()) {
    const position = index + 1 - offset;
    try {
      const failure = playStep(world, scriptStep);
      if (failure) refused.push({ step: position, code: failure.code, message: failure.message, ...(failure.elementId === undefined ? {} : { element: failure.elementId }) });
    } catch (error) {
      if (!(error instanceof ScriptError)) throw error;
      problems.push(`Step ${position}: ${error.message}`);
      break;
    }
  }
  const outcome = outcomeOf(world, refused);
  const unmet = script ? unmetExpectations(script.expect ?? {}, outcome) : [];
  return { ...outcome, expectationFailures: [...problems, ...unmet] };
}

function defaultAnswer(activity: string, script: Script | undefined, options: SimulateOptions): Json | undefined {
  return script?.services?.[activity] ?? (options.autoServices ? {} : undefined);
}

/** Elements whose services, decisions or called processes the script itself plays. */
function elementsOf(steps: readonly ScriptStep[]): ReadonlySet<string> {
  const elements = new Set<string>();
  for (const step of steps) {
    if ('answer' in step) elements.add(step.answer.element);
    else if ('fail' in step) elements.add(step.fail.element);
    else if ('error' in step) elements.add(step.error.element);
    else if ('escalate' in step) elements.add(step.escalate.element);
    else if ('unanswered' in step) elements.add(step.unanswered.element);
    else if ('decide' in step) elements.add(step.decide.element);
  }
  return elements;
}

function outcomeOf(world: VirtualWorld, refused: readonly RefusedStep[]): Omit<SimulationResult, 'expectationFailures'> {
  const [main = world.main, ...others] = world.instances;
  return { ...instanceOutcome(main), messages: world.messages, refused, clock: world.clock, others: others.map(instanceOutcome) };
}

function instanceOutcome(instance: VirtualInstance): SimulatedInstance {
  const { state } = instance;
  return {
    processKey: state.processKey,
    status: state.status,
    path: instance.path,
    variables: state.scopes['root']?.variables ?? {},
    openTasks: openUserTasks(instance.plan, state).map(({ elementInstanceId: _instance, elementId, priority: _priority, subject: _subject, createdAt: _createdAt, ...task }) => ({ ...task, element: elementId })),
    incidents: Object.values(state.incidents).map(({ id, elementId, kind, failure, allowed }) => ({ id, element: elementId, kind, code: failure.code, message: failure.message, allowed })),
    waitingFor: waitingFor(instance),
    ledger: instance.ledger,
    log: instance.log,
  };
}

function waitingFor({ state, services, decisions, calls }: VirtualInstance): WaitingFor[] {
  const isOpen = (id: string): boolean => state.elementInstances[id] !== undefined;
  return [
    ...[...services].filter(([id]) => isOpen(id)).map(([, { elementId, activity, input }]): WaitingFor => ({ kind: 'service', element: elementId, activity, input })),
    ...[...decisions].filter(([id]) => isOpen(id)).map(([, { elementId, ruleSet, facts }]): WaitingFor => ({ kind: 'decision', element: elementId, ruleSet, facts })),
    ...[...calls].filter(([id]) => isOpen(id)).map(([, { elementId, processKey }]): WaitingFor => ({ kind: 'process', element: elementId, processKey })),
    ...openTimers(state).map(({ elementId, dueAt }): WaitingFor => ({ kind: 'timer', element: elementId, dueAt })),
    ...openSubscriptions(state).map(({ elementId, message, correlationKey }): WaitingFor => ({ kind: 'message', element: elementId, name: message, correlationKey })),
    ...openSignalSubscriptions(state).map(({ elementId, signal }): WaitingFor => ({ kind: 'signal', element: elementId, name: signal })),
    ...openConditions(state).map(({ elementId }): WaitingFor => ({ kind: 'condition', element: elementId })),
  ];
}
