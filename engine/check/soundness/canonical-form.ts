import type { Json } from '../../json.ts';
import { awaitedElementId } from '../../open-waits.ts';
import type { ElementInstance, ProcessState, Scope } from '../../state.ts';
import { roundsKnown, type Facts } from './oracle.ts';
import { keyOf, type Term, type Terms } from './terms.ts';

/** A state of the abstract instance with what is known beside the interpreter's own state. */
export interface Situation {
  readonly state: ProcessState;
  readonly facts: Facts;
  /** Events that go on waiting and have occurred: `<host id> <element id>`. */
  readonly fired: ReadonlySet<string>;
  /** Merges that a token has passed: `<scope id> <element id>`. */
  readonly passed: ReadonlySet<string>;
}

interface Part {
  readonly text: string;
  readonly values: readonly (readonly [string, Term])[];
  readonly parts: readonly Part[];
}

/**
 * The situation without ids, times and counts: two situations of one form go on alike. Where tokens are, what they
 * wait for, and what has been decided about data that still exists.
 */
export function canonicalForm(situation: Situation, terms: Terms, live: ReadonlySet<string>): string {
  const { state, facts } = situation;
  if (state.status !== 'running') return state.status;
  const index = indexOf(state);
  const root = state.scopes['root'];
  const tree = root ? scopePart(situation, { ...index, live }, root, terms) : { text: '', values: [], parts: [] };
  const uses = new Map<number, number>();
  countOrigins(tree, uses);
  for (const key of facts.keys()) for (const origin of terms.originsIn(key)) uses.set(origin, (uses.get(origin) ?? 0) + 2);
  const names = new Map<number, number>();
  // The text of the root tells of all parts; the lines below it follow their order.
  const lines: string[] = [tree.text];
  print(tree, uses, names, lines);
  const known = [...facts].flatMap(([key, value]) => (terms.originsIn(key).every((origin) => names.has(origin)) ? [`${key.replace(/#(\d+)\//g, (_match, origin: string) => `#${names.get(Number(origin))}/`)} ${JSON.stringify(value)}`] : []));
  return [...lines, ...known.sort()].join('\n');
}

/** The facts about data that a scope still holds and something may still read. */
export function livingFacts(state: ProcessState, facts: Facts, terms: Terms, live: ReadonlySet<string>): Facts {
  if (facts.size === 0) return facts;
  const living = new Set<number>();
  const add = (value: Json | undefined): void => {
    const term = terms.term(value);
    if (term?.kind === 'part') living.add(term.origin);
  };
  for (const { variables } of Object.values(state.scopes)) for (const name in variables) if (live.has(name)) add(variables[name]);
  for (const { multiInstance } of Object.values(state.elementInstances)) multiInstance?.items.forEach(add);
  return new Map([...facts].filter(([key]) => terms.originsIn(key).every((origin) => living.has(origin))));
}

interface Index {
  /** Variables that something may still read. */
  readonly live: ReadonlySet<string>;
  readonly instances: ReadonlyMap<string, readonly ElementInstance[]>;
  readonly scopes: ReadonlyMap<string, readonly Scope[]>;
  readonly waits: ReadonlyMap<string, readonly string[]>;
}

function indexOf(state: ProcessState): Omit<Index, 'live'> {
  const instances = new Map<string, ElementInstance[]>();
  const scopes = new Map<string, Scope[]>();
  const waits = new Map<string, string[]>();
  for (const instance of Object.values(state.elementInstances)) add(instances, instance.scopeId, instance);
  for (const scope of Object.values(state.scopes)) if (scope.elementInstanceId !== undefined) add(scopes, scope.elementInstanceId, scope);
  const addWaits = (kind: string, entries: { readonly [id: string]: { readonly elementInstanceId: string; readonly elementId?: string; readonly eventIndex?: number; readonly holds?: boolean } } | undefined): void => {
    for (const wait of Object.values(entries ?? {})) add(waits, wait.elementInstanceId, `${kind}${awaitedElementId(state, wait)}.${wait.eventIndex ?? 0}${wait.holds ? '+' : ''}`);
  };
  addWaits('t', state.timers);
  addWaits('m', state.subscriptions);
  addWaits('s', state.signalSubscriptions);
  addWaits('c', state.conditions);
  addWaits('o', state.occurrences);
  return { instances, scopes, waits };
}

function add<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}

function scopePart(situation: Situation, index: Index, scope: Scope, terms: Terms): Part {
  const { joins = {}, resetting = {}, isInterrupted, isUndone, isSnapshot, compensations = [], variables } = scope;
  const parts = sorted((index.instances.get(scope.id) ?? []).map((instance) => instancePart(situation, index, instance, terms)));
  const own = [
    ...Object.entries(joins).map(([id, waiting]) => `j${id}:${Object.entries(waiting).map(([flowId, count]) => `${flowId}*${count}`).sort().join()}`),
    ...Object.entries(resetting).map(([id, used]) => `r${id}:${[...used].sort().join()}`),
    ...[...situation.passed].filter((entry) => entry.startsWith(`${scope.id} `)).map((entry) => `p${entry.slice(scope.id.length + 1)}`),
    // How often something was done does not change what can be undone.
    ...[...new Set(compensations.map(({ elementId }) => elementId))].map((id) => `u${id}`),
    ...(scope.id === 'root' ? waitsText(situation, index, 'root') : []),
  ].sort();
  const text = `{${isInterrupted ? '!' : ''}${isUndone ? '-' : ''}${isSnapshot ? '@' : ''}${own.join(' ')}[${parts.map((part) => part.text).join()}]}`;
  return { text, values: valuesOf(variables, terms, index.live), parts };
}

function instancePart(situation: Situation, index: Index, instance: ElementInstance, terms: Terms): Part {
  const { id, elementId, status, multiInstance, iteration, compensating, isBesideFlow, upcoming, trigger } = instance;
  const parts = sorted((index.scopes.get(id) ?? []).map((scope) => scopePart(situation, index, scope, terms)));
  const more = [
    multiInstance ? `m${multiInstance.items.length}.${multiInstance.next}.${multiInstance.completed}` : '',
    iteration === undefined ? '' : `l${Math.min(iteration, roundsKnown)}`,
    compensating ? `${isBesideFlow ? 'b' : 'c'}${compensating.map((entry) => entry.elementId).join()}` : '',
    upcoming ? `n${upcoming.join()}` : '',
    trigger ? 't' : '',
    ...waitsText(situation, index, id),
  ].filter((entry) => entry !== '');
  const items = multiInstance ? multiInstance.items.slice(multiInstance.next).flatMap((item): [string, Term][] => [['', terms.term(item) ?? { kind: 'literal', value: null }]]) : [];
  return { text: `${elementId}:${status}(${more.join(' ')})${parts.map((part) => part.text).join('')}`, values: items, parts };
}

function waitsText(situation: Situation, index: Index, hostId: string): string[] {
  const fired = [...situation.fired].filter((entry) => entry.startsWith(`${hostId} `)).map((entry) => `f${entry.slice(hostId.length + 1)}`);
  return [...(index.waits.get(hostId) ?? []), ...fired].sort();
}

function valuesOf(variables: { readonly [name: string]: Json }, terms: Terms, live: ReadonlySet<string>): [string, Term][] {
  return Object.keys(variables).sort().flatMap((name): [string, Term][] => {
    const term = live.has(name) ? terms.term(variables[name]) : undefined;
    return term ? [[name, term]] : [];
  });
}

function sorted(parts: readonly Part[]): Part[] {
  return [...parts].sort((left, right) => (left.text < right.text ? -1 : left.text > right.text ? 1 : 0));
}

function countOrigins(part: Part, uses: Map<number, number>): void {
  for (const [, term] of part.values) if (term.kind === 'part') uses.set(term.origin, (uses.get(term.origin) ?? 0) + 1);
  for (const inner of part.parts) countOrigins(inner, uses);
}

function print(part: Part, uses: ReadonlyMap<number, number>, names: Map<number, number>, lines: string[]): void {
  const values = part.values.map(([name, term]) => {
    if (term.kind === 'literal') return `${name}=${JSON.stringify(term.value)}`;
    if ((uses.get(term.origin) ?? 0) < 2) return `${name}=?`;
    const number = names.get(term.origin) ?? names.size;
    names.set(term.origin, number);
    return `${name}=${keyOf(number, term.path)}`;
  });
  lines.push(values.join(' '));
  for (const inner of part.parts) print(inner, uses, names, lines);
}
