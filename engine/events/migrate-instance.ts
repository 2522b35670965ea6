import { isBody } from '../activity-markers.ts';
import { rootScopeId } from '../draft.ts';
import type { EngineEvent } from '../event.ts';
import type { Execution } from '../execution.ts';
import { raise } from '../failure-raised.ts';
import { migrationFindings, newContainers } from '../migration/migration-findings.ts';
import { rewriteElementIds } from '../migration/rewrite-state.ts';
import { openSignalSubscriptions, openSubscriptions, openWaits } from '../open-waits.ts';
import { openOwnScope } from '../own-scope.ts';
import type { ElementPlan } from '../plan.ts';
import { scopePlanOf } from '../scopes.ts';
import type { ElementInstance } from '../state.ts';
import { closeEventWaits, openWait, prepareWaits } from '../waits.ts';
import { requireReason } from './require-reason.ts';
import { requireRunning } from './require-running.ts';

/**
 * Lets the instance go on in another version, whose plan this step is given. Elements that run keep their work; new
 * sub-processes around them are opened; events that the target attaches are armed, those that it has not are closed.
 * Fails: INSTANCE_NOT_RUNNING, REASON_MISSING, MIGRATION_INVALID.
 */
export function migrateInstance(execution: Execution, event: Extract<EngineEvent, { type: 'instanceMigrated' }>): void {
  requireRunning(execution);
  requireReason(event.reason);
  const { draft, plan } = execution;
  const { mapping } = event;
  const findings = migrationFindings(plan, draft.state, mapping, event.types);
  const [first] = findings;
  if (first) raise({ code: 'MIGRATION_INVALID', message: findings.map(({ message }) => message).join('; ').slice(0, 2_000), findings, ...(first.elementId === undefined ? {} : { elementId: first.elementId }) });
  const moves = Object.values(draft.state.elementInstances).map((instance) => ({ id: instance.id, containers: newContainers(plan, draft.state, mapping, instance) ?? [] }));

  draft.record('instance.migrated', { actor: event.actor, reason: event.reason, detail: { version: event.version, mapping } });
  rewriteElementIds(draft, plan, mapping);
  for (const { id, containers } of moves) moveInto(execution, id, containers);
  closeGoneWaits(execution);
  showRenamed(execution, Object.values(mapping));
  armNewWaits(execution);
}

/** What is open and stands at another element now is told again, under its id. */
function showRenamed({ draft }: Execution, elementIds: readonly string[]): void {
  const renamed = <Entry extends { readonly elementId: string }>(entries: readonly Entry[]): Entry[] => entries.filter(({ elementId }) => elementIds.includes(elementId));
  for (const subscription of renamed(openSubscriptions(draft.state))) draft.commands.push({ type: 'openSubscription', subscription });
  for (const subscription of renamed(openSignalSubscriptions(draft.state))) draft.commands.push({ type: 'openSignalSubscription', subscription });
  for (const incident of renamed(Object.values(draft.state.incidents))) draft.commands.push({ type: 'raiseIncident', incident });
}

/** Opens the sub-processes around the instance, or joins those that another one has opened. */
function moveInto(execution: Execution, instanceId: string, containers: readonly ElementPlan[]): void {
  const { draft } = execution;
  for (const container of containers) {
    const instance = draft.state.elementInstances[instanceId];
    if (!instance) return;
    const opened = Object.values(draft.state.elementInstances).find((other) => other.elementId === container.id && other.scopeId === instance.scopeId);
    const scopeId = opened ? (draft.scopesOwnedBy(opened.id)[0]?.id ?? instance.scopeId) : openOwnScope(execution, container, execution.begin(container, instance.scopeId));
    draft.remove('elementInstances', instance.id);
    draft.put('elementInstances', { ...instance, scopeId });
    for (const scope of draft.scopesOwnedBy(instance.id)) draft.put('scopes', { ...scope, parentId: scopeId });
  }
}

/** Closes the events that the target has not, or has elsewhere. */
function closeGoneWaits(execution: Execution): void {
  const { draft, plan } = execution;
  const hostIds = new Set([...Object.keys(draft.state.elementInstances), rootScopeId]);
  for (const hostId of hostIds) {
    const host = draft.state.elementInstances[hostId];
    closeEventWaits(execution, hostId, (elementId) => !isAwaitedAt(execution, host, plan.elementsById.get(elementId)));
  }
}

function isAwaitedAt(execution: Execution, host: ElementInstance | undefined, event: ElementPlan | undefined): boolean {
  if (!event) return false;
  if (event.definition.type === 'boundaryEvent') return event.attachedTo?.id === host?.elementId;
  if (event.definition.type === 'startEvent' && event.id !== host?.elementId) return event.container.owner?.container === (host ? execution.elementOf(host).inner : execution.plan.root);
  return event.id === host?.elementId || (host !== undefined && execution.elementOf(host).outgoing.some(({ target }) => target === event));
}

/** Arms what the target attaches to the activities that run, puts behind the gateways that wait and into the scopes that are open. */
function armNewWaits(execution: Execution): void {
  const { draft, plan } = execution;
  const open = openWaits(draft.state);
  const arm = (hostId: string, event: ElementPlan, scopeId: string): void => {
    if (open.some((wait) => wait.elementInstanceId === hostId && wait.elementId === event.id)) return;
    for (const wait of prepareWaits(execution, event, execution.variables(scopeId))) openWait(execution, hostId, wait);
  };
  for (const instance of Object.values(draft.state.elementInstances)) {
    if (instance.status !== 'active' || instance.loopCounter !== undefined) continue;
    const { definition, boundaryEvents, outgoing } = execution.elementOf(instance);
    for (const event of boundaryEvents) arm(instance.id, event, instance.scopeId);
    // One of the events behind the gateway decides: those that the target adds are awaited, too.
    if (definition.type === 'eventBasedGateway') for (const { target } of outgoing) arm(instance.id, target, instance.scopeId);
  }
  for (const scope of Object.values(draft.state.scopes)) {
    const owner = scope.elementInstanceId === undefined ? undefined : draft.state.elementInstances[scope.elementInstanceId];
    if (scope.isInterrupted || (owner && isBody(owner))) continue;
    for (const { start } of scopePlanOf(plan, draft, scope)?.eventSubProcesses ?? []) arm(scope.elementInstanceId ?? rootScopeId, start, scope.id);
  }
}
