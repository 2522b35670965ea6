import { entryOf, isContext } from '../feel/standard/index.ts';
import { normalName } from '../feel/free-names.ts';
import type { CompiledDecisionModel } from './compile-decision-model.ts';
import { pathTo } from './linked-model.ts';

/** What can be asked for by name. */
interface Invocable {
  readonly key: string;
  readonly kind: 'decision' | 'service' | 'knowledge';
}

/** Where a value is found among the inputs: under a name in its normal form, and in it by the names of entries. */
interface InputPath {
  readonly head: string;
  readonly rest: readonly string[];
}

/** How the elements of a model and of those that it imports are called from outside. */
export interface ElementNames {
  /** Decisions, services and knowledge models by name and by key. */
  readonly invocables: ReadonlyMap<string, Invocable>;
  /** Decisions by key, with the name that results show. */
  readonly decisions: ReadonlyMap<string, string>;
  /** Input data and decisions by key, with the name that messages show. */
  readonly shown: ReadonlyMap<string, string>;
  /** Paths by which each of them can be given. */
  readonly paths: ReadonlyMap<string, readonly InputPath[]>;
  readonly isKnown: (input: string) => boolean;
}

const known = new WeakMap<CompiledDecisionModel, ElementNames>();

/** The names of a compiled model, made once. */
export function namesOf(compiled: CompiledDecisionModel): ElementNames {
  let names = known.get(compiled);
  if (!names) {
    names = makeNames(compiled);
    known.set(compiled, names);
  }
  return names;
}

function makeNames({ linked }: CompiledDecisionModel): ElementNames {
  const invocables = new Map<string, Invocable>();
  const [decisions, shown] = [new Map<string, string>(), new Map<string, string>()];
  const paths = new Map<string, (readonly string[])[]>();
  for (const owner of linked.models) {
    const isOwn = owner === linked.root;
    const add = ({ id, name }: { readonly id: string; readonly name: string }, kind: Invocable['kind'] | 'input'): void => {
      const key = owner.keyOf(id);
      const found = linked.elements.get(key);
      const path = (found && pathTo(linked.root, found)) ?? [key];
      const full = isOwn ? name : path.join('.');
      if (kind !== 'input') for (const each of [full, key, `${owner.model.namespace}#${name}`]) if (!invocables.has(each)) invocables.set(each, { key, kind });
      if (kind === 'decision') decisions.set(key, full);
      if (kind !== 'input' && kind !== 'decision') return;
      shown.set(key, full);
      paths.set(key, [[isOwn ? name : full], ...(path.length > 1 ? [path] : []), [key], [`${owner.model.namespace}#${name}`]]);
    };
    for (const each of owner.model.decisions) add(each, 'decision');
    for (const each of owner.model.decisionServices) add(each, 'service');
    for (const each of owner.model.businessKnowledgeModels) add(each, 'knowledge');
    for (const each of owner.model.inputData) add(each, 'input');
  }
  addShortNames(paths, shown, linked.elements);
  const inputPaths = new Map([...paths].map(([key, each]) => [key, each.map(([first = '', ...rest]): InputPath => ({ head: normalName(first), rest }))]));
  const heads = new Set([...inputPaths.values()].flatMap((each) => each.map(({ head }) => head)));
  return { invocables, decisions, shown, paths: inputPaths, isKnown: (input) => heads.has(normalName(input)) };
}

/** The plain name of an imported element does where nothing else of the whole set has it. */
function addShortNames(paths: Map<string, (readonly string[])[]>, shown: ReadonlyMap<string, string>, elements: CompiledDecisionModel['linked']['elements']): void {
  const uses = new Map<string, number>();
  for (const key of shown.keys()) {
    const name = elements.get(key)?.element.name ?? key;
    uses.set(name, (uses.get(name) ?? 0) + 1);
  }
  for (const [key, each] of paths) {
    const name = elements.get(key)?.element.name ?? key;
    if (uses.get(name) === 1) each.push([name]);
  }
}

/** Inputs by the key of their element; one that is given as null is there. */
export function readInputs({ paths }: ElementNames, inputs: Readonly<Record<string, unknown>>): ReadonlyMap<string, unknown> {
  const given = new Map<string, unknown>();
  const byName = new Map<string, unknown>();
  for (const name in inputs) if (Object.hasOwn(inputs, name)) byName.set(normalName(name), inputs[name]);
  for (const [key, candidates] of paths) {
    for (const { head, rest } of candidates) {
      let value = byName.get(head);
      for (const name of rest) value = isContext(value) ? entryOf(value, name) : undefined;
      if (value === undefined) continue;
      given.set(key, value);
      break;
    }
  }
  return given;
}
