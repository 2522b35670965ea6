import { isBody } from '../activity-markers.ts';
import type { ElementMapping, ElementTypes } from '../event.ts';
import type { ElementPlan, ProcessPlan, ScopePlan } from '../plan.ts';
import type { CompensationEntry, ElementInstance, ProcessState, Scope } from '../state.ts';
import { validateVariables } from '../variables.ts';
import type { MigrationFinding } from './migration-finding.ts';

/**
 * Everything that keeps the state from going on with the target plan; empty when it can. Changes nothing: the dry run.
 * `types` are those of the present version's elements at which the instance is, see `elementTypesAt`.
 */
export function migrationFindings(target: ProcessPlan, state: ProcessState, mapping: ElementMapping, types: ElementTypes): MigrationFinding[] {
  const findings: MigrationFinding[] = [];
  const { key } = target.definition;
  if (key !== state.processKey) findings.push({ code: 'PROCESS_DIFFERS', message: `Expected a version of ${state.processKey}, but got one of ${key}` });
  if (state.cancelling || Object.values(state.elementInstances).some(({ compensating }) => compensating)) findings.push({ code: 'UNDOING', message: 'Expected an instance that undoes nothing at the moment, but it does' });
  for (const [from, to] of Object.entries(mapping)) if (!target.elementsById.has(to)) findings.push({ code: 'TARGET_MISSING', elementId: from, targetElementId: to, message: `Expected ${from} to go to an element of the target version, but ${to} is none` });
  const problems = new Map<string, MigrationFinding>();
  for (const instance of Object.values(state.elementInstances)) {
    const problem = instanceProblem(target, state, mapping, types, instance);
    // Ten inner instances of one activity have one problem.
    if (problem) problems.set(instance.elementId, { elementId: instance.elementId, ...problem });
  }
  findings.push(...problems.values());
  for (const scope of Object.values(state.scopes)) findings.push(...scopeProblems(target, mapping, scope));
  const differing = new Map<string, MigrationFinding>();
  for (const scope of Object.values(state.scopes)) {
    // Ten repetitions of one sub-process have one problem.
    for (const problem of variableProblems(target, state, mapping, scope)) differing.set(`${problem.elementId ?? ''}/${problem.place ?? ''}`, problem);
  }
  findings.push(...differing.values());
  return findings;
}

/** Types of the elements at which the instance is, by their ids in its present version. */
export function elementTypesAt(present: ProcessPlan, state: ProcessState): ElementTypes {
  return Object.fromEntries(Object.values(state.elementInstances).flatMap(({ elementId }) => {
    const type = present.elementsById.get(elementId)?.definition.type;
    return type === undefined ? [] : [[elementId, type]];
  }));
}

/** Where the mapping sends an element. */
export function mapped(mapping: ElementMapping, elementId: string): string {
  return mapping[elementId] ?? elementId;
}

/** The sub-processes that the target puts around the instance and that do not run yet, from the outside in; undefined when it moves outwards. */
export function newContainers(target: ProcessPlan, state: ProcessState, mapping: ElementMapping, instance: ElementInstance): ElementPlan[] | undefined {
  const element = target.elementsById.get(mapped(mapping, instance.elementId));
  const present = containerOf(target, state, mapping, state.scopes[instance.scopeId]);
  const added: ElementPlan[] = [];
  for (let container = element?.container; container && container !== present; container = container.owner?.container) {
    if (!container.owner) return undefined;
    added.unshift(container.owner);
  }
  return element ? added : undefined;
}

/** Values that the target declares otherwise, where they stand: in the process, or in a sub-process that runs. */
function variableProblems(target: ProcessPlan, state: ProcessState, mapping: ElementMapping, scope: Scope): MigrationFinding[] {
  const owner = scope.elementInstanceId === undefined ? undefined : state.elementInstances[scope.elementInstanceId];
  // What a completed activity left for its handler, and what a repetition was given, is not declared.
  if (scope.isSnapshot || (owner && isBody(owner))) return [];
  const declared = containerOf(target, state, mapping, scope)?.variables ?? new Map();
  const place = owner ? { elementId: owner.elementId, targetElementId: mapped(mapping, owner.elementId) } : {};
  return validateVariables([...declared.values()], scope.variables, { requireRequired: false }).flatMap(({ code, place: name, message }) =>
    code === 'VARIABLE_WRONG_TYPE' ? [{ code: 'VARIABLE_TYPE_DIFFERS', ...place, ...(name === undefined ? {} : { place: name }), message } as const] : [],
  );
}

/** The target's plan of the scope. */
function containerOf(target: ProcessPlan, state: ProcessState, mapping: ElementMapping, scope: Scope | undefined): ScopePlan | undefined {
  if (!scope?.elementInstanceId) return target.root;
  const owner = state.elementInstances[scope.elementInstanceId];
  if (!owner) return undefined;
  const element = target.elementsById.get(mapped(mapping, owner.elementId));
  // An inner instance of a repeated activity stands where its body stands.
  return isBody(owner) ? element?.container : element?.inner;
}

type Problem = Omit<MigrationFinding, 'elementId'>;

function instanceProblem(target: ProcessPlan, state: ProcessState, mapping: ElementMapping, types: ElementTypes, instance: ElementInstance): Problem | undefined {
  const id = mapped(mapping, instance.elementId);
  const element = target.elementsById.get(id);
  if (!element) return { code: 'GOES_NOWHERE', message: `Expected ${instance.elementId}, at which the instance is, to go to an element of the target version, but it goes nowhere` };
  const { definition } = element;
  const type = types[instance.elementId];
  if (type !== undefined && type !== definition.type) return { code: 'TYPE_DIFFERS', targetElementId: id, message: `Expected ${id} to be a ${type} as ${instance.elementId}, but it is a ${definition.type}` };
  const isRepeated = 'multiInstance' in definition && definition.multiInstance !== undefined;
  const isLooped = 'standardLoop' in definition && definition.standardLoop !== undefined;
  if (instance.loopCounter === undefined && (isRepeated !== (instance.multiInstance !== undefined) || isLooped !== (instance.iteration !== undefined)) && instance.status === 'active') {
    return { code: 'MARKER_DIFFERS', targetElementId: id, message: `Expected ${id} to have the same marker (loop, multi-instance or none) as ${instance.elementId}, but it has another` };
  }
  const added = newContainers(target, state, mapping, instance);
  if (!added) return { code: 'STANDS_OUTSIDE', targetElementId: id, message: `Expected ${id} to stand in the same sub-process as ${instance.elementId} or in a new one inside it, but it stands outside` };
  const notPlain = added.find(({ definition: around }) => around.type !== 'subProcess' || around.triggeredByEvent || around.multiInstance || around.standardLoop);
  return notPlain ? { code: 'CONTAINER_NOT_PLAIN', targetElementId: notPlain.id, message: `Expected the new sub-process ${notPlain.id} around ${id} to be a plain one, but it is not` } : undefined;
}

function scopeProblems(target: ProcessPlan, mapping: ElementMapping, scope: Scope): MigrationFinding[] {
  const findings: MigrationFinding[] = [];
  for (const [gatewayId, waiting] of Object.entries(scope.joins ?? {})) {
    const gateway = target.elementsById.get(mapped(mapping, gatewayId));
    const missing = Object.keys(waiting).filter((flowId) => !gateway?.incoming.some(({ definition }) => definition.id === flowId));
    if (missing.length > 0) findings.push({ code: 'FLOWS_MISSING', elementId: gatewayId, message: `Expected flows ${missing.join(', ')}, over which tokens wait at ${gatewayId}, in the target version, but they are not there` });
  }
  for (const { elementId, handlerId } of handlersOf(scope.compensations ?? [])) {
    if (!target.elementsById.has(mapped(mapping, handlerId))) findings.push({ code: 'HANDLER_MISSING', elementId, targetElementId: handlerId, message: `Expected handler ${handlerId}, which can undo ${elementId}, in the target version, but it is not there` });
  }
  return findings;
}

/** What undoes the activities, at any depth: a handler, or a completed call itself. */
function handlersOf(entries: readonly CompensationEntry[]): { readonly elementId: string; readonly handlerId: string }[] {
  return entries.flatMap(({ elementId, handlerId, call, inner = [] }) => {
    const own = handlerId ?? (call ? elementId : undefined);
    return [...(own === undefined ? [] : [{ elementId, handlerId: own }]), ...handlersOf(inner)];
  });
}
