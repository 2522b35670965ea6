import { engineActor, type Actor } from './actor.ts';
import type { Command, RecordAction, RecordEntry } from './command.ts';
import { assertTransition } from './lifecycle.ts';
import type { ElementInstance, ElementStatus, ProcessState, Scope } from './state.ts';

type MapName = 'scopes' | 'elementInstances' | 'userTasks' | 'timers' | 'subscriptions' | 'incidents' | 'signalSubscriptions' | 'conditions' | 'occurrences';
type Entry<Name extends MapName> = NonNullable<ProcessState[Name]>[string];

/** Id of the process's own scope. */
export const rootScopeId = 'root';

/**
 * One step's changes on top of an immutable state: each map is copied at its first change, everything
 * else is shared. Also gathers the step's commands.
 */
export class Draft {
  readonly commands: Command[] = [];
  readonly at: string;
  #state: { -readonly [Key in keyof ProcessState]: ProcessState[Key] };
  readonly #copied = new Set<keyof ProcessState>();
  /** Scopes in which a token or an instance has come or gone. */
  readonly touchedScopes = new Set<string>();
  /** A variable has changed, so that a condition may hold now. */
  hasChangedVariables = false;
  /** Element instances by scope, counted at the first question. */
  #activeByScope: Map<string, number> | undefined;

  constructor(state: ProcessState, at: string) {
    this.#state = { ...state };
    this.at = at;
  }

  get state(): ProcessState {
    return this.#state;
  }

  nextId(prefix: 'e' | 't' | 's' | 'd' | 'm' | 'i' | 'g' | 'c'): string {
    this.#state.lastId += 1;
    return `${prefix}${this.#state.lastId}`;
  }

  set(change: Partial<Pick<ProcessState, 'status' | 'startedAt' | 'endedAt' | 'paused' | 'cancelling' | 'performers' | 'parent'>>): void {
    Object.assign(this.#state, change);
  }

  /** Takes an optional member out of the state. */
  unset(member: 'endedAt' | 'paused' | 'cancelling'): void {
    Reflect.deleteProperty(this.#state, member);
  }

  put<Name extends MapName>(name: Name, entry: Entry<Name>): void {
    const map = this.#writable(name);
    if (name === 'elementInstances' && !(entry.id in map)) this.#count((entry as ElementInstance).scopeId, 1);
    map[entry.id] = entry;
  }

  remove(name: MapName, id: string): void {
    const map = this.#writable(name);
    const entry = map[id];
    if (entry === undefined) return;
    if (name === 'elementInstances') this.#count((entry as ElementInstance).scopeId, -1);
    Reflect.deleteProperty(map, id);
  }

  /** The instance in its next status. Throws IllegalTransitionError. */
  transition(instance: ElementInstance, status: ElementStatus): ElementInstance {
    assertTransition(instance.status, status, instance.elementId);
    const next = { ...instance, status };
    this.put('elementInstances', next);
    return next;
  }

  setPerformers(elementId: string, performers: readonly string[]): void {
    this.#state.performers = { ...this.#state.performers, [elementId]: performers };
  }

  activeIn(scopeId: string): number {
    if (!this.#activeByScope) {
      this.#activeByScope = new Map();
      for (const id in this.#state.elementInstances) {
        const instance = this.#state.elementInstances[id];
        if (instance) this.#activeByScope.set(instance.scopeId, (this.#activeByScope.get(instance.scopeId) ?? 0) + 1);
      }
    }
    return this.#activeByScope.get(scopeId) ?? 0;
  }

  record(action: RecordAction, details: Omit<RecordEntry, 'action' | 'at' | 'actor'> & { readonly actor?: Actor } = {}): void {
    const { actor = engineActor, ...rest } = details;
    this.commands.push({ type: 'recordEntry', entry: { action, at: this.at, actor, ...rest } });
  }

  /** The scope that an instance owns: a sub-process's, or all inner ones of a multi-instance body. */
  scopesOwnedBy(elementInstanceId: string): Scope[] {
    const owned: Scope[] = [];
    for (const id in this.#state.scopes) {
      const scope = this.#state.scopes[id];
      if (scope?.elementInstanceId === elementInstanceId) owned.push(scope);
    }
    return owned;
  }

  #count(scopeId: string, change: 1 | -1): void {
    this.touchedScopes.add(scopeId);
    this.#activeByScope?.set(scopeId, (this.#activeByScope.get(scopeId) ?? 0) + change);
  }

  #writable<Name extends MapName>(name: Name): Record<string, Entry<Name>> {
    if (!this.#copied.has(name)) {
      this.#copied.add(name);
      // A generic key cannot be matched with its value's type; the spread keeps the map's own.
      (this.#state as Record<MapName, unknown>)[name] = { ...this.#state[name] };
    }
    // The copy belongs to this draft alone until the step ends.
    return this.#state[name] as Record<string, Entry<Name>>;
  }
}
