import type { Actor } from '../actor.ts';
import type { ElementBehavior } from '../element-behavior.ts';
import type { Execution } from '../execution.ts';
import { raise } from '../failure-raised.ts';
import { parseInstant, formatInstant } from '../instant.ts';
import type { Json, Variables } from '../json.ts';
import { evaluateInputs, evaluateOutputs } from '../mappings.ts';
import type { ElementPlan } from '../plan.ts';
import type { ElementInstance, ProcessState } from '../state.ts';
import { defaultPriority, storedUserTask, type OpenUserTask } from '../user-tasks.ts';

/** A person's work: offered to the candidate roles, claimed, released and completed. BPMN 2.0.2 §10.3.4.1. */
export const userTask: ElementBehavior<'userTask'> = {
  activate(execution, element, instance) {
    const { draft } = execution;
    const attributes = taskAttributes(execution, element, instance);
    const task: OpenUserTask = { id: draft.nextId('t'), elementInstanceId: instance.id, elementId: element.id, ...attributes, createdAt: execution.at };
    draft.transition(instance, 'active');
    draft.put('userTasks', storedUserTask(draft.state, task));
    draft.commands.push({ type: 'createUserTask', task });
    draft.record('task.created', { elementId: element.id, elementInstanceId: instance.id, taskId: task.id });
  },
  results(execution, element, instance, completion) {
    if (element.definition.outputs) return evaluateOutputs(execution, element, instance.scopeId, completion);
    const data = completion['data'];
    // Completion data is an object of variables; Json cannot say so.
    return typeof data === 'object' && data !== null ? (data as Variables) : {};
  },
};

type TaskAttributes = Omit<OpenUserTask, 'id' | 'elementInstanceId' | 'elementId' | 'createdAt'>;

function taskAttributes(execution: Execution, element: ElementPlan<'userTask'>, instance: ElementInstance): TaskAttributes {
  const { definition } = element;
  const context = execution.variables(instance.scopeId);
  const evaluate = (source: string | undefined, purpose: string): Json => (source === undefined ? null : execution.evaluate(source, context, element.id, purpose));
  const candidateUnit = text(evaluate(definition.candidateUnit, 'candidateUnit'), element.id, 'candidateUnit');
  // Without its unit a task would be open to every ward: missing is never "any".
  if (definition.candidateUnit !== undefined && candidateUnit === undefined) return invalid(element.id, 'candidateUnit', 'a unit');
  const assignee = text(evaluate(definition.assignee, 'assignee'), element.id, 'assignee');
  const subject = text(evaluate(definition.subject, 'subject'), element.id, 'subject');
  const dueAt = instant(evaluate(definition.dueDate, 'dueDate'), element.id, 'dueDate');
  const followUpAt = instant(evaluate(definition.followUpDate, 'followUpDate'), element.id, 'followUpDate');
  return {
    candidateRoles: definition.candidateRoles,
    ...(candidateUnit === undefined ? {} : { candidateUnit }),
    ...(assignee === undefined ? {} : { assignee }),
    form: definition.form,
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(followUpAt === undefined ? {} : { followUpAt }),
    priority: priorityOf(evaluate(definition.priority, 'priority'), element.id, definition.priority !== undefined),
    ...(subject === undefined ? {} : { subject }),
    input: evaluateInputs(execution, element, instance),
  };
}

function text(value: Json, elementId: string, field: string): string | undefined {
  if (value === null) return undefined;
  return typeof value === 'string' && value !== '' ? value : invalid(elementId, field, 'a text');
}

function instant(value: Json, elementId: string, field: string): string | undefined {
  if (value === null) return undefined;
  const epochMs = typeof value === 'string' ? parseInstant(value) : undefined;
  return (epochMs === undefined ? undefined : formatInstant(epochMs)) ?? invalid(elementId, field, 'a date-time');
}

function priorityOf(value: Json, elementId: string, isDeclared: boolean): number {
  if (!isDeclared) return defaultPriority;
  return typeof value === 'number' && value >= 0 && value <= 100 ? value : invalid(elementId, 'priority', 'a number from 0 to 100');
}

function invalid(elementId: string, field: string, expected: string): never {
  return raise({ code: 'EXPRESSION_FAILED', elementId, message: `Expected ${field} of ${elementId} to give ${expected}, but it does not`, place: field });
}

/** The person and the one on whose behalf. */
export function peopleOf(actor: Actor): string[] {
  return actor.onBehalfOf === undefined ? [actor.id] : [actor.id, actor.onBehalfOf];
}

/** Remembers who did the task, in its scope and for the whole instance. */
export function rememberPerformers(execution: Execution, instance: ElementInstance, performers: readonly string[]): void {
  const { draft } = execution;
  const scope = draft.state.scopes[instance.scopeId];
  const body = instance.loopCounter === undefined ? undefined : draft.state.elementInstances[scope?.elementInstanceId ?? ''];
  const before = (body?.multiInstance?.completed ?? 0) > 0 ? (draft.state.performers[instance.elementId] ?? []) : [];
  draft.setPerformers(instance.elementId, [...new Set([...before, ...performers])]);
  if (scope) draft.put('scopes', { ...scope, performers: { ...scope.performers, [instance.elementId]: performers } });
}

/** Who performed an element, as seen from a scope: the nearest scope in which it was performed, else the last anywhere. */
export function performersOf(execution: Execution, scopeId: string, elementId: string): readonly string[] {
  return performersIn(execution.draft.state, scopeId, elementId);
}

/**
 * Of the elements that a waiting task has to be done apart from, one that one of these people performed; undefined when
 * they may do it. What completing the task will find, for who asks before.
 */
export function brokenSeparation(state: ProcessState, taskId: string, separation: readonly string[], people: readonly string[]): string | undefined {
  const instance = state.elementInstances[state.userTasks[taskId]?.elementInstanceId ?? ''];
  return instance && separation.find((elementId) => performersIn(state, instance.scopeId, elementId).some((performer) => people.includes(performer)));
}

function performersIn({ scopes, performers }: Pick<ProcessState, 'scopes' | 'performers'>, scopeId: string, elementId: string): readonly string[] {
  for (let scope = scopes[scopeId]; scope; scope = scope.parentId === undefined ? undefined : scopes[scope.parentId]) {
    const found = scope.performers?.[elementId];
    if (found) return found;
  }
  return performers[elementId] ?? [];
}
