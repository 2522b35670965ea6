import type { Rule, RuleInput, RuleOutput, RuleSetDocument } from '#rules';
import { sameJson } from '../same-json.ts';

/** What one person did to a rule, input or output since the revision that both know. */
export interface OwnChange {
  readonly list: 'rules' | 'inputs' | 'outputs';
  /** The rule's id; the name of an input or output. */
  readonly id: string;
  readonly kind: 'added' | 'removed' | 'changed';
}

/** My edits on top of what the other person saved. */
export interface MergedRuleSet {
  readonly document: RuleSetDocument;
  /** What both changed, each in another way: there mine is taken. */
  readonly overlaps: readonly OwnChange[];
}

const identities = { rules: ({ id }: Rule): string => id, inputs: ({ name }: RuleInput): string => name, outputs: ({ name }: RuleOutput): string => name };

/** What `mine` did to the rules, inputs and outputs of `base`. */
export function ownChanges(base: RuleSetDocument, mine: RuleSetDocument): readonly OwnChange[] {
  return [...changesOf('inputs', base.inputs, mine.inputs, identities.inputs), ...changesOf('outputs', base.outputs, mine.outputs, identities.outputs), ...changesOf('rules', base.rules, mine.rules, identities.rules)];
}

/**
 * Puts my edits on top of theirs, entry by entry: what only one of us touched is taken from that one, and what both touched
 * from me. Nothing that the other person did elsewhere is undone.
 */
export function mergeRuleSets(base: RuleSetDocument, mine: RuleSetDocument, theirs: RuleSetDocument): MergedRuleSet {
  const { rules: _rules, inputs: _inputs, outputs: _outputs, ...ownFrame } = mine;
  // Every member is the one of the documents, so that the result is a document as they are.
  const frame = Object.fromEntries([...new Set([...Object.keys(theirs), ...Object.keys(ownFrame)])].flatMap((name) => {
    const key = name as keyof typeof ownFrame;
    const value = sameJson(base[key], mine[key]) ? theirs[key] : mine[key];
    return value === undefined ? [] : [[name, value]];
  })) as unknown as typeof ownFrame;
  const mergedRules = mergeLists(base.rules, mine.rules, theirs.rules, identities.rules);
  const inputs = mergeLists(base.inputs, mine.inputs, theirs.inputs, identities.inputs);
  const outputs = mergeLists(base.outputs, mine.outputs, theirs.outputs, identities.outputs);
  const theirChanges = ownChanges(base, theirs);
  const overlaps = ownChanges(base, mine).filter(({ list, id }) => theirChanges.some((other) => other.list === list && other.id === id) && !sameJson(find(mine, list, id), find(theirs, list, id)));
  return { document: { ...frame, inputs, outputs, rules: mergedRules }, overlaps };
}

function find(document: RuleSetDocument, list: OwnChange['list'], id: string): unknown {
  return list === 'rules' ? document.rules.find((rule) => rule.id === id) : document[list].find(({ name }) => name === id);
}

function changesOf<Entry>(list: OwnChange['list'], base: readonly Entry[], mine: readonly Entry[], identity: (entry: Entry) => string): readonly OwnChange[] {
  const [before, after] = [byId(base, identity), byId(mine, identity)];
  return [
    ...[...before.keys()].filter((id) => !after.has(id)).map((id): OwnChange => ({ list, id, kind: 'removed' })),
    ...[...after].flatMap(([id, entry]): OwnChange[] => (!before.has(id) ? [{ list, id, kind: 'added' }] : sameJson(before.get(id), entry) ? [] : [{ list, id, kind: 'changed' }])),
  ];
}

/** Entry by entry. The order is theirs, unless only I changed it; what the other order does not know follows its neighbour. */
function mergeLists<Entry>(base: readonly Entry[], mine: readonly Entry[], theirs: readonly Entry[], identity: (entry: Entry) => string): Entry[] {
  const [before, own, other] = [byId(base, identity), byId(mine, identity), byId(theirs, identity)];
  const chosen = new Map<string, Entry>();
  for (const id of new Set([...other.keys(), ...own.keys()])) {
    const entry = sameJson(before.get(id), own.get(id)) ? other.get(id) : own.get(id);
    if (entry !== undefined) chosen.set(id, entry);
  }
  const keepsOrder = isSameOrder([...before.keys()], [...other.keys()]);
  const [first, second] = keepsOrder ? [[...own.keys()], [...other.keys()]] : [[...other.keys()], [...own.keys()]];
  const order = first.filter((id) => chosen.has(id));
  const placed = new Set(order);
  second.forEach((id, index) => {
    if (!chosen.has(id) || placed.has(id)) return;
    const neighbour = second.slice(0, index).findLast((earlier) => placed.has(earlier));
    order.splice(neighbour === undefined ? 0 : order.indexOf(neighbour) + 1, 0, id);
    placed.add(id);
  });
  return order.flatMap((id) => chosen.get(id) ?? []);
}

/** Entries by their identity; one that has that of an earlier one, which a draft may, by its place too: none is lost. */
function byId<Entry>(entries: readonly Entry[], identity: (entry: Entry) => string): ReadonlyMap<string, Entry> {
  const found = new Map<string, Entry>();
  entries.forEach((entry, index) => found.set(found.has(identity(entry)) ? `${identity(entry)} #${index + 1}` : identity(entry), entry));
  return found;
}

/** Whether what both lists have stands in the same order in both. */
function isSameOrder(before: readonly string[], after: readonly string[]): boolean {
  const [known, kept] = [new Set(before), new Set(after)];
  const left = before.filter((id) => kept.has(id));
  return after.filter((id) => known.has(id)).every((id, index) => id === left[index]);
}
