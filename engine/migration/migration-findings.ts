import { isBody } from '../activity-markers.ts';
import type { ElementMapping } from '../event.ts';
import type { ElementPlan, ProcessPlan, ScopePlan } from '../plan.ts';
import type { ElementInstance, ProcessState, Scope } from '../state.ts';
import { validateVariables } from '../variables.ts';

/** What keeps an instance from going on in another version. */
export interface MigrationFinding {
  readonly elementId?: string;
  readonly message: string;
}

/** Everything that keeps the state from going on with the target plan; empty when it can. Changes nothing: the dry run. */
export function migrationFindings(target: ProcessPlan, state: ProcessState, mapping: ElementMapping): MigrationFinding[] {
  const findings: MigrationFinding[] = [];
  if (state.cancelling || Object.values(state.elementInstances).some(({ compensating }) => compensating)) findings.push({ message: 'Expected an instance that undoes nothing at the moment, but it does' });
  for (const [from, to] of Object.entries(mapping)) if (!target.elementsById.has(to)) findings.push({ elementId: from, message: `Expected ${from} to go to an element of the target version, but ${to} is none` });
  for (const instance of Object.values(state.elementInstances)) {
    const message = instanceProblem(target, state, mapping, instance);
    if (message !== undefined) findings.push({ elementId: instance.elementId, message });
  }
  for (const scope of Object.values(state.scopes)) findings.push(...scopeProblems(target, mapping, scope));
  const { variables } = state.scopes['root'] ?? { variables: {} };
  for (const failure of validateVariables(target.definition.variables, variables, { requireRequired: false })) {
    if (failure.code === 'VARIABLE_WRONG_TYPE') findings.push({ message: failure.message });
  }
  return findings;
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

/** The target's plan of the scope. */
function containerOf(target: ProcessPlan, state: ProcessState, mapping: ElementMapping, scope: Scope | undefined): ScopePlan | undefined {
  if (!scope?.elementInstanceId) return target.root;
  const owner = state.elementInstances[scope.elementInstanceId];
  if (!owner) return undefined;
  const element = target.elementsById.get(mapped(mapping, owner.elementId));
  // An inner instance of a repeated activity stands where its body stands.
  return isBody(owner) ? element?.container : element?.inner;
}

function instanceProblem(target: ProcessPlan, state: ProcessState, mapping: ElementMapping, instance: ElementInstance): string | undefined {
  const id = mapped(mapping, instance.elementId);
  const element = target.elementsById.get(id);
  if (!element) return `Expected ${instance.elementId}, at which the instance is, to go to an element of the target version, but it goes nowhere`;
  const { definition } = element;
  const isRepeated = 'multiInstance' in definition && definition.multiInstance !== undefined;
  const isLooped = 'standardLoop' in definition && definition.standardLoop !== undefined;
  if (instance.loopCounter === undefined && (isRepeated !== (instance.multiInstance !== undefined) || isLooped !== (instance.iteration !== undefined)) && instance.status === 'active') {
    return `Expected ${id} to have the same marker (loop, multi-instance or none) as ${instance.elementId}, but it has another`;
  }
  const added = newContainers(target, state, mapping, instance);
  if (!added) return `Expected ${id} to stand in the same sub-process as ${instance.elementId} or in a new one inside it, but it stands outside`;
  const repeated = added.find(({ definition: around }) => around.type !== 'subProcess' || around.triggeredByEvent || around.multiInstance || around.standardLoop);
  return repeated ? `Expected the new sub-process ${repeated.id} around ${id} to be a plain one, but it is not` : undefined;
}

function scopeProblems(target: ProcessPlan, mapping: ElementMapping, scope: Scope): MigrationFinding[] {
  const findings: MigrationFinding[] = [];
  for (const [gatewayId, waiting] of Object.entries(scope.joins ?? {})) {
    const gateway = target.elementsById.get(mapped(mapping, gatewayId));
    const missing = Object.keys(waiting).filter((flowId) => !gateway?.incoming.some(({ definition }) => definition.id === flowId));
    if (missing.length > 0) findings.push({ elementId: gatewayId, message: `Expected flows ${missing.join(', ')}, over which tokens wait at ${gatewayId}, in the target version, but they are not there` });
  }
  for (const { elementId, handlerId } of scope.compensations ?? []) {
    if (handlerId !== undefined && !target.elementsById.has(mapped(mapping, handlerId))) findings.push({ elementId, message: `Expected handler ${handlerId}, which can undo ${elementId}, in the target version, but it is not there` });
  }
  return findings;
}
