import type { Json, LocalizedText } from '#engine';

/** One field that differs; absent where the field is not there. */
export interface FieldChange {
  /** From the entry, or the document, on: `conditions.all.1.value`. */
  readonly path: string;
  readonly before?: Json;
  readonly after?: Json;
}

/** A rule, input or output that differs. */
export interface EntryChange {
  /** The rule's id; the name of an input or output. */
  readonly id: string;
  /** `moved`: only its place in the order, which decides among equal priorities. */
  readonly kind: 'added' | 'removed' | 'changed' | 'moved';
  readonly name?: LocalizedText;
  readonly fromIndex?: number;
  readonly toIndex?: number;
  readonly fields: readonly FieldChange[];
}

export interface RuleSetDifference {
  /** Of the document itself: name, description, hit policy and whatever else it has; not its version. */
  readonly document: readonly FieldChange[];
  readonly inputs: readonly EntryChange[];
  readonly outputs: readonly EntryChange[];
  readonly rules: readonly EntryChange[];
}

type Members = Readonly<Record<string, Json>>;

/** What differs between two documents, which may be half written. Entries are compared by id or name, wherever they stand. */
export function compareRuleSets(before: Json, after: Json): RuleSetDifference {
  const [from, to] = [membersOf(before), membersOf(after)];
  return {
    document: fieldChanges(without(from), without(to)),
    inputs: compareEntries(from['inputs'], to['inputs'], 'name'),
    outputs: compareEntries(from['outputs'], to['outputs'], 'name'),
    rules: compareEntries(from['rules'], to['rules'], 'id'),
  };
}

function without({ version: _version, inputs: _inputs, outputs: _outputs, rules: _rules, ...rest }: Members): Members {
  return rest;
}

interface Entry {
  readonly index: number;
  readonly value: Members;
}

function compareEntries(before: Json | undefined, after: Json | undefined, identity: 'id' | 'name'): EntryChange[] {
  const [from, to] = [entriesOf(before, identity), entriesOf(after, identity)];
  const removed = [...from].filter(([id]) => !to.has(id)).map(([id, { index, value }]): EntryChange => ({ id, kind: 'removed', ...named(value), fromIndex: index, fields: [] }));
  const common = [...to].flatMap(([id, { index }]) => (from.has(id) ? [{ id, fromIndex: from.get(id)?.index ?? 0, toIndex: index }] : []));
  const inOrder = longestIncreasing(common.map(({ fromIndex }) => fromIndex));
  const moved = new Set(common.filter((_entry, index) => !inOrder.has(index)).map(({ id }) => id));
  const rest = [...to].flatMap(([id, { index, value }]): EntryChange[] => {
    const earlier = from.get(id);
    if (!earlier) return [{ id, kind: 'added', ...named(value), toIndex: index, fields: [] }];
    const fields = fieldChanges(earlier.value, value);
    if (fields.length === 0 && !moved.has(id)) return [];
    return [{ id, kind: fields.length > 0 ? 'changed' : 'moved', ...named(value), fromIndex: earlier.index, toIndex: index, fields }];
  });
  return [...removed, ...rest];
}

/** Entries by their identity; one without, or one that has the identity of an earlier one, by its place. */
function entriesOf(list: Json | undefined, identity: 'id' | 'name'): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const [index, item] of (Array.isArray(list) ? list : []).entries()) {
    const value = membersOf(item as Json);
    const own = value[identity];
    const id = typeof own === 'string' && !entries.has(own) ? own : `#${index + 1}`;
    entries.set(id, { index, value });
  }
  return entries;
}

function named(value: Members): { readonly name?: LocalizedText } {
  const name = membersOf(value['name'] ?? null);
  return typeof name['zh-CN'] === 'string' && typeof name['en'] === 'string' ? { name: { 'zh-CN': name['zh-CN'], en: name['en'] } } : {};
}

function membersOf(value: Json): Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : {};
}

function fieldChanges(before: Json | undefined, after: Json | undefined, path = ''): FieldChange[] {
  if (isContainer(before) && isContainer(after) && Array.isArray(before) === Array.isArray(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name) => fieldChanges(own(before, name), own(after, name), path === '' ? name : `${path}.${name}`));
  }
  if (before === after) return [];
  return [{ path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }];
}

function isContainer(value: Json | undefined): value is Json & object {
  return typeof value === 'object' && value !== null;
}

function own(value: object, name: string): Json | undefined {
  return Object.hasOwn(value, name) ? (value as Members)[name] : undefined;
}

/** Indexes of a longest increasing subsequence: what keeps its order when the others are taken to have moved. */
function longestIncreasing(values: readonly number[]): ReadonlySet<number> {
  const tails: number[] = [];
  const previous: (number | undefined)[] = [];
  values.forEach((value, index) => {
    let [low, high] = [0, tails.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[tails[middle] ?? 0] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    previous[index] = low === 0 ? undefined : tails[low - 1];
    tails[low] = index;
  });
  const kept = new Set<number>();
  for (let index = tails.at(-1); index !== undefined; index = previous[index]) kept.add(index);
  return kept;
}
