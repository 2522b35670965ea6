import type { Actor } from './actor.ts';
import type { VariableDeclaration } from './definition/index.ts';
import { rootScopeId, type Draft } from './draft.ts';
import { FailureRaised } from './failure-raised.ts';
import type { Json, Variables } from './json.ts';
import type { ProcessPlan, ScopePlan } from './plan.ts';
import type { Scope } from './state.ts';
import { sizeFailure, variableFailure } from './variables.ts';

/** A value that is ready to be set: checked, and its scope found. */
export interface Assignment {
  readonly scopeId: string;
  readonly name: string;
  readonly value: Json;
}

/** The variables of a scope and of those around it; the nearest wins. BPMN 2.0.2 §10.4.7. */
export function visibleVariables(draft: Draft, scopeId: string): Variables {
  const scope = requireScope(draft, scopeId);
  if (scope.parentId === undefined) return scope.variables;
  const outer = visibleVariables(draft, scope.parentId);
  return hasEntries(scope.variables) ? { ...outer, ...scope.variables } : outer;
}

/**
 * Finds for each value the nearest scope that declares or holds the variable, and checks it there.
 * Raises VARIABLE_UNDECLARED, VARIABLE_WRONG_TYPE, VARIABLE_TOO_LARGE.
 */
export function resolveAssignments(plan: ProcessPlan, draft: Draft, scopeId: string, values: Variables, elementId: string): Assignment[] {
  const assignments: Assignment[] = [];
  for (const name in values) {
    const value = values[name] ?? null;
    const holder = holderOf(plan, draft, scopeId, name);
    const failure = holder && !holder.declaration ? sizeFailure(name, value) : variableFailure(holder?.declaration, name, value);
    if (failure) throw new FailureRaised({ ...failure, elementId });
    if (!holder) continue;
    for (const snapshotId of holder.snapshotIds) assignments.push({ scopeId: snapshotId, name, value });
    assignments.push({ scopeId: holder.scope.id, name, value });
  }
  return assignments;
}

/** The variables among `names` that a value can be set for from this scope. */
export function isAssignable(plan: ProcessPlan, draft: Draft, scopeId: string, name: string): boolean {
  return holderOf(plan, draft, scopeId, name) !== undefined;
}

/** Sets the values and records those that changed, before and after. */
export function applyAssignments(draft: Draft, assignments: readonly Assignment[], details: { readonly actor: Actor; readonly elementId?: string; readonly elementInstanceId?: string }): void {
  const before: Record<string, Json> = {};
  const after: Record<string, Json> = {};
  for (const { scopeId, name, value } of assignments) {
    const scope = requireScope(draft, scopeId);
    const old = scope.variables[name];
    if (isSame(old, value)) continue;
    if (old !== undefined) before[name] = old;
    after[name] = value;
    draft.put('scopes', { ...scope, variables: { ...scope.variables, [name]: value } });
  }
  if (hasEntries(after)) draft.hasChangedVariables = true;
  if (hasEntries(after)) draft.record('variables.changed', { ...details, before, after });
}

/** The scope of this id. Throws when there is none: callers hold ids of open scopes only. */
export function requireScope(draft: Draft, scopeId: string): Scope {
  const scope = draft.state.scopes[scopeId];
  if (!scope) throw new Error(`Expected scope ${scopeId}, but it is gone`);
  return scope;
}

/** What the scope's definition says; undefined for the scope of one repetition and of a compensation. */
export function scopePlanOf(plan: ProcessPlan, draft: Draft, scope: Scope): ScopePlan | undefined {
  if (scope.isSnapshot) return undefined;
  if (scope.elementInstanceId === undefined) return plan.root;
  const owner = draft.state.elementInstances[scope.elementInstanceId];
  return !owner || owner.multiInstance || owner.iteration !== undefined ? undefined : plan.elementsById.get(owner.elementId)?.inner;
}

/** The scope in which the instance's own flow runs; that of the process for `root`. Throws when it has none. */
export function scopeOwnedBy(draft: Draft, elementInstanceId: string): Scope {
  if (elementInstanceId === rootScopeId) return requireScope(draft, rootScopeId);
  const owned = draft.scopesOwnedBy(elementInstanceId).find(({ isSnapshot }) => !isSnapshot);
  if (!owned) throw new Error(`Expected ${elementInstanceId} to have a scope, but it has none`);
  return owned;
}

interface Holder {
  readonly scope: Scope;
  readonly declaration?: VariableDeclaration;
  /** Snapshots on the way that hold the variable: a handler sees what it sets. */
  readonly snapshotIds: readonly string[];
}

function holderOf(plan: ProcessPlan, draft: Draft, scopeId: string, name: string): Holder | undefined {
  const snapshotIds: string[] = [];
  for (let scope: Scope | undefined = requireScope(draft, scopeId); scope; scope = scope.parentId === undefined ? undefined : draft.state.scopes[scope.parentId]) {
    const declaration = scopePlanOf(plan, draft, scope)?.variables.get(name);
    if (declaration) return { scope, declaration, snapshotIds };
    if (!Object.hasOwn(scope.variables, name)) continue;
    if (!scope.isSnapshot) return { scope, snapshotIds };
    snapshotIds.push(scope.id);
  }
  return undefined;
}

function hasEntries(value: object): boolean {
  for (const _key in value) return true;
  return false;
}

function isSame(before: Json | undefined, after: Json): boolean {
  if (before === after) return true;
  if (typeof before !== 'object' || typeof after !== 'object' || before === null || after === null) return false;
  return JSON.stringify(before) === JSON.stringify(after);
}
