import { rootScopeId } from './draft.ts';
import type { ProcessPlan } from './plan.ts';
import { currentSemantics } from './semantics.ts';
import type { ParentReference, ProcessState } from './state.ts';

/** An instance that has not begun: the first event is `instanceStarted`. */
export function createInitialState(plan: ProcessPlan, identity: { readonly instanceId: string; readonly businessKey?: string; readonly parent?: ParentReference }): ProcessState {
  return {
    format: 1,
    semantics: currentSemantics,
    instanceId: identity.instanceId,
    processKey: plan.definition.key,
    ...(identity.businessKey === undefined ? {} : { businessKey: identity.businessKey }),
    ...(identity.parent === undefined ? {} : { parent: identity.parent }),
    status: 'created',
    lastId: 0,
    scopes: { [rootScopeId]: { id: rootScopeId, variables: {} } },
    elementInstances: {},
    userTasks: {},
    timers: {},
    subscriptions: {},
    incidents: {},
    performers: {},
  };
}
