import type { Draft } from '../draft.ts';
import type { ElementMapping } from '../event.ts';
import type { ProcessPlan } from '../plan.ts';
import type { CompensationEntry, Scope } from '../state.ts';
import { openUserTasks } from '../user-tasks.ts';
import { mapped } from './migration-findings.ts';

const withElementId = ['elementInstances', 'timers', 'subscriptions', 'signalSubscriptions', 'conditions', 'occurrences', 'incidents'] as const;

/** Puts the target's element ids in place of the present ones, everywhere in the state. */
export function rewriteElementIds(draft: Draft, target: ProcessPlan, mapping: ElementMapping): void {
  const { state } = draft;
  for (const map of withElementId) {
    for (const entry of Object.values(state[map] ?? {})) {
      if (entry.elementId === undefined) continue;
      const elementId = mapped(mapping, entry.elementId);
      // Each map holds entries of its own type; only the id changes.
      if (elementId !== entry.elementId) draft.put(map, { ...entry, elementId } as never);
    }
  }
  for (const instance of Object.values(draft.state.elementInstances)) {
    if (instance.upcoming) draft.put('elementInstances', { ...instance, upcoming: instance.upcoming.map((id) => mapped(mapping, id)) });
  }
  // An open task is offered as the target version says.
  for (const task of openUserTasks(target, draft.state)) draft.commands.push({ type: 'updateUserTask', task });
  for (const scope of Object.values(state.scopes)) draft.put('scopes', rewriteScope(mapping, scope));
  draft.set({ performers: mapKeys(mapping, state.performers) });
}

function rewriteScope(mapping: ElementMapping, scope: Scope): Scope {
  return {
    ...scope,
    ...(scope.joins ? { joins: mapKeys(mapping, scope.joins) } : {}),
    ...(scope.resetting ? { resetting: mapKeys(mapping, scope.resetting) } : {}),
    ...(scope.performers ? { performers: mapKeys(mapping, scope.performers) } : {}),
    ...(scope.compensations ? { compensations: scope.compensations.map((entry) => rewriteEntry(mapping, entry)) } : {}),
  };
}

function rewriteEntry(mapping: ElementMapping, entry: CompensationEntry): CompensationEntry {
  return {
    ...entry,
    elementId: mapped(mapping, entry.elementId),
    ...(entry.handlerId === undefined ? {} : { handlerId: mapped(mapping, entry.handlerId) }),
    ...(entry.inner ? { inner: entry.inner.map((inner) => rewriteEntry(mapping, inner)) } : {}),
  };
}

function mapKeys<Value>(mapping: ElementMapping, record: { readonly [elementId: string]: Value }): { readonly [elementId: string]: Value } {
  return Object.fromEntries(Object.entries(record).map(([elementId, value]) => [mapped(mapping, elementId), value]));
}
