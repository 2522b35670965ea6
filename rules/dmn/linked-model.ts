import type { InformationItem } from './boxed-expression.ts';
import type { DecisionModel, DmnFinding, DrgElement } from './decision-model.ts';
import { ItemTypes, type RunningEvaluation } from './item-types.ts';
import { modelNamespaces } from './namespaces.ts';

/** One model of a set that belong together: the one that is asked, or one that it imports, directly or not. */
export interface LinkedModel {
  readonly model: DecisionModel;
  readonly types: ItemTypes;
  /** Imported models by the name of their import; an empty name stands for none. */
  readonly imports: ReadonlyMap<string, LinkedModel>;
  /** The key of an element in the whole set, from the reference that this model writes: `id`, or `namespace#id`. */
  readonly keyOf: (reference: string) => string;
}

/** An element of the set under its key. */
export interface LinkedElement {
  readonly owner: LinkedModel;
  readonly element: DrgElement & { readonly variable: InformationItem };
}

/** All models that one model needs, itself first, and their elements by key. Own elements of the first have their id as key. */
export interface LinkedModels {
  readonly root: LinkedModel;
  readonly models: readonly LinkedModel[];
  readonly elements: ReadonlyMap<string, LinkedElement>;
}

/**
 * Finds what a model imports among other models, by namespace. Findings: IMPORT_NOT_FOUND, IMPORT_CIRCULAR, IMPORT_UNSUPPORTED for
 * what is no DMN, IMPORT_AMBIGUOUS for two models of one namespace. DMN 1.5 §6.3.3.
 */
export function linkModels(model: DecisionModel, others: readonly DecisionModel[], findings: DmnFinding[], running: RunningEvaluation): LinkedModels {
  const given = byNamespace(model, others, findings);
  const linked = new Map<string, LinkedModel>();
  const path = new Set<string>();
  const link = (each: DecisionModel, prefix: string): LinkedModel => {
    const imports = new Map<string, LinkedModel>();
    const types = new ItemTypes(each, findings, running, { prefix, imported: (name) => imports.get(name)?.types });
    const own: LinkedModel = { model: each, types, imports, keyOf: (reference) => keyOf(reference, prefix, model.namespace) };
    linked.set(each.namespace, own);
    path.add(each.namespace);
    for (const { name, namespace, importType } of each.imports ?? []) {
      const found = given.get(namespace);
      const report = (code: string, message: string): number => findings.push({ code, severity: 'error', elementId: `${prefix}${name || namespace}`, message });
      if (importType !== undefined && !modelNamespaces.has(importType)) report('IMPORT_UNSUPPORTED', `Expected an import of DMN, but ${namespace} is imported as ${importType}`);
      else if (!found) report('IMPORT_NOT_FOUND', `Expected the model ${namespace} beside the one that imports it, but it was not given`);
      else if (path.has(namespace)) report('IMPORT_CIRCULAR', `Expected imports that end, but ${namespace} imports itself`);
      else imports.set(name, linked.get(namespace) ?? link(found, `${namespace}#`));
    }
    path.delete(each.namespace);
    types.check();
    return own;
  };
  const root = link(model, '');
  const models = [...linked.values()];
  return { root, models, elements: elementsOf(models) };
}

function byNamespace(model: DecisionModel, others: readonly DecisionModel[], findings: DmnFinding[]): ReadonlyMap<string, DecisionModel> {
  const given = new Map([[model.namespace, model]]);
  const needed = new Set([model, ...others].flatMap(({ imports }) => (imports ?? []).map(({ namespace }) => namespace)));
  for (const other of others) {
    const known = given.get(other.namespace);
    if (!known) given.set(other.namespace, other);
    else if (known !== other && needed.has(other.namespace)) findings.push({ code: 'IMPORT_AMBIGUOUS', severity: 'error', elementId: other.namespace, message: `Expected one model of the namespace ${other.namespace}, but there are two; the first is taken` });
  }
  return given;
}

function keyOf(reference: string, prefix: string, rootNamespace: string): string {
  const hash = reference.lastIndexOf('#');
  if (hash < 0) return `${prefix}${reference}`;
  return reference.slice(0, hash) === rootNamespace ? reference.slice(hash + 1) : reference;
}

function elementsOf(models: readonly LinkedModel[]): Map<string, LinkedElement> {
  const elements = new Map<string, LinkedElement>();
  for (const owner of models) {
    const { inputData, decisions, businessKnowledgeModels, decisionServices } = owner.model;
    for (const element of [...inputData, ...decisions, ...businessKnowledgeModels, ...decisionServices]) elements.set(owner.keyOf(element.id), { owner, element });
  }
  return elements;
}

/** How a model writes the name of an element: its own by name, an imported one with the names of the imports before it. Undefined for one out of its reach. */
export function pathTo(from: LinkedModel, { owner, element }: LinkedElement): readonly string[] | undefined {
  const name = element.variable.name;
  const seen = new Set([from]);
  let front: readonly { readonly at: LinkedModel; readonly path: readonly string[] }[] = [{ at: from, path: [] }];
  while (front.length > 0) {
    const reached = front.find(({ at }) => at === owner);
    if (reached) return [...reached.path, name];
    front = front.flatMap(({ at, path }) => [...at.imports].flatMap(([alias, next]) => {
      if (seen.has(next)) return [];
      seen.add(next);
      return [{ at: next, path: alias === '' ? path : [...path, alias] }];
    }));
  }
  return undefined;
}
