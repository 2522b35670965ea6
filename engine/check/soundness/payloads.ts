import { compileExpression } from '#rules';
import { allElements, eventDefinitionsOf, type FlowElement, type ProcessDefinition, type VariableType } from '../../definition/index.ts';
import type { Json, Variables } from '../../json.ts';
import type { WayStep } from './explore.ts';
import { formulaOf, valueFormOf, type Formula, type Reference } from './formula.ts';
import { sampleOf, type TypeHints } from './type-hints.ts';
import { setsAnyVariable } from './variables-set.ts';

type Mutable = Record<string, Json>;
/** Where a variable got its value last: a path in what came with a step, or nowhere that we could choose. */
interface Origin {
  readonly step: number;
  readonly path: readonly string[] | undefined;
}

/**
 * Data that lets the decisions fall as they did on the way: for each step what has to come with it. Decisions are read
 * back to where their variables came from; where a script has computed them, a field of the same name is tried. Whether
 * it works, only the simulator can say.
 */
export function payloadsFor(definition: ProcessDefinition, elements: ReadonlyMap<string, FlowElement>, hints: TypeHints, way: readonly WayStep[]): Json[] {
  const types = declaredTypes(definition);
  const payloads = way.map((): Mutable => ({ value: {} }));
  const origins = new Map<string, Origin>();
  const preferred = new Map<string, Json>();
  const wanted: { readonly formula: Formula; readonly answer: boolean; readonly origins: ReadonlyMap<string, Origin> }[] = [];
  way.forEach(({ move, activated, decisions }, step) => {
    const mover = elements.get(move.elementId ?? '');
    if (move.kind === 'start') for (const { name, required, type } of definition.variables) if (required) {
      origins.set(name, { step, path: ['value', name] });
      shape(payloads[step] ?? {}, ['value', name], name, hints, sampleOf(type));
    }
    const defined = [...(mover ? definitionsBy(mover) : []), ...activated.filter((id) => id !== mover?.id).flatMap((id) => computedBy(elements.get(id)))];
    for (const { variable, path } of defined) {
      const at = path && ['value', ...path];
      origins.set(variable, { step, path: at });
      const type = types.get(variable);
      if (at) shape(payloads[step] ?? {}, at, variable, hints, type === undefined || type === 'object' ? undefined : sampleOf(type));
    }
    for (const { formula, answer } of decisions) wanted.push({ formula, answer, origins: new Map(origins) });
    for (const condition of mover?.type === 'userTask' ? (mover.checks ?? []).map((check) => check.condition) : []) wanted.push({ formula: formulaOf(condition), answer: true, origins: new Map([...origins, ['data', { step, path: ['value'] }]]) });
  });
  for (const { formula, answer, origins: known } of wanted) want(formula, answer, known, payloads, preferred);
  return payloads.map(({ value = {} }, step) => (typeof value === 'object' && value !== null && !Array.isArray(value) && takesMore(way[step], elements) ? { ...Object.fromEntries(preferred), ...value } : value));
}

/** Whether fields may come with the step that nothing there asks for; what sets variables by their names is refused others. */
function takesMore(step: WayStep | undefined, elements: ReadonlyMap<string, FlowElement>): boolean {
  if (!step || step.move.kind === 'start') return false;
  const mover = elements.get(step.move.elementId);
  return mover === undefined || !setsAnyVariable(mover);
}

function want(formula: Formula, answer: boolean, origins: ReadonlyMap<string, Origin>, payloads: readonly Mutable[], preferred: Map<string, Json>): void {
  switch (formula.kind) {
    case 'not':
      return want(formula.part, !answer, origins, payloads, preferred);
    case 'and':
    case 'or':
      if ((formula.kind === 'and') === answer) for (const part of formula.parts) want(part, answer, origins, payloads, preferred);
      else if (formula.parts[0]) want(formula.parts[0], answer, origins, payloads, preferred);
      return;
    case 'equals':
      return put(formula.reference, answer ? formula.value : otherThan(formula.value), answer ? undefined : { value: formula.value }, origins, payloads, preferred);
    case 'atom':
      return wantAtom(formula, answer, origins, payloads, preferred);
  }
}

/** Writes the value where the reference came from; a weak one only in place of the value that it must not be. */
function put({ root, path }: Reference, value: Json, forbidden: { readonly value: Json } | undefined, origins: ReadonlyMap<string, Origin>, payloads: readonly Mutable[], preferred: Map<string, Json>): void {
  const origin = origins.get(root);
  const payload = origin ? payloads[origin.step] : undefined;
  if (origin?.path && payload) {
    const at = [...origin.path, ...path];
    const now = readAt(payload, at);
    if (!forbidden || now === undefined || now === forbidden.value) writeAt(payload, at, value);
    return;
  }
  // What was computed out of a form or an answer often keeps the names of its fields.
  const name = path.at(-1);
  if (name === undefined || forbidden) return;
  preferred.set(name, value);
  if (payload) writeAt(payload, ['value', ...path], value);
}

function otherThan(value: Json): Json {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 1;
  if (value === null) return 'x';
  return `other-${String(value)}`.slice(0, 40);
}

/** Tries values until the atom gives the answer. */
function wantAtom(formula: Extract<Formula, { kind: 'atom' }>, answer: boolean, origins: ReadonlyMap<string, Origin>, payloads: readonly Mutable[], preferred: Map<string, Json>): void {
  const references = formula.references.filter(({ root }) => origins.has(root));
  const candidates = candidatesFor(formula.text);
  const attempt = (values: readonly Json[]): boolean => {
    const context: Record<string, Json> = {};
    for (const { root } of references) {
      const origin = origins.get(root);
      const known = origin?.path ? readAt(payloads[origin.step] ?? {}, origin.path) : undefined;
      if (known !== undefined) context[root] = structuredClone(known);
    }
    references.forEach(({ root, path }, index) => writeAt(context, [root, ...path], values[index] ?? null));
    try {
      return compileExpression(formula.text).evaluate(context, { at: '2026-01-01T00:00:00.000Z' }).value === answer;
    } catch {
      return false;
    }
  };
  const now = references.map(({ root, path }) => {
    const origin = origins.get(root);
    return origin?.path ? (readAt(payloads[origin.step] ?? {}, [...origin.path, ...path]) ?? null) : null;
  });
  if (attempt(now)) return;
  for (const first of candidates) {
    for (const second of references.length > 1 ? candidates : [null]) {
      const values = references.map((_reference, index) => (index === 0 ? first : second));
      if (references.length === 0 || !attempt(values)) continue;
      references.forEach((reference, index) => put(reference, values[index] ?? null, undefined, origins, payloads, preferred));
      return;
    }
  }
}

function candidatesFor(text: string): Json[] {
  const numbers = [...text.matchAll(/\d+(?:\.\d+)?/g)].map(([number]) => Number(number)).flatMap((number) => [number, number + 1, number - 1]);
  const strings = [...text.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, inner = '']) => inner);
  return [...numbers, ...strings, true, false, 0, 1, 2, 'x', [], ['x'], ['x', 'y'], [{}], [{}, {}], ...strings.map((inner) => [inner]), {}, null, '2026-01-01T01:00:00Z', 'PT1H'];
}

interface Defined {
  readonly variable: string;
  readonly path: readonly string[] | undefined;
}

/** The variables that an element sets when it completes, and where in its result they stand. */
function definitionsBy(element: FlowElement): Defined[] {
  const result = 'resultVariable' in element ? element.resultVariable : undefined;
  const outputs = 'outputs' in element ? (element.outputs ?? []) : [];
  const events = 'event' in element ? eventDefinitionsOf(element.event) : [];
  const mapped = [...outputs, ...events.flatMap((event) => ('mappings' in event ? (event.mappings ?? []) : []))];
  const own: Defined[] = result === undefined ? [] : [{ variable: result, path: element.type === 'scriptTask' ? undefined : [] }];
  return [...own, ...mapped.map(({ target, source }): Defined => ({ variable: target, path: pathOf(source, result) }))];
}

function computedBy(element: FlowElement | undefined): Defined[] {
  if (!element || !['scriptTask', 'task', 'manualTask', 'subProcess'].includes(element.type)) return [];
  return definitionsBy(element).map(({ variable }) => ({ variable, path: undefined }));
}

function pathOf(source: string, result: string | undefined): readonly string[] | undefined {
  const form = valueFormOf(source);
  if (form.kind !== 'reference') return undefined;
  const { root, path } = form.reference;
  return ['data', 'result', 'message', 'signal', 'child', result].includes(root) ? path : undefined;
}

/** Gives a value the parts that others need of it. */
function shape(payload: Mutable, path: readonly string[], variable: string, hints: TypeHints, sample: Json | undefined): void {
  const own = hints.get(variable);
  const value = sample ?? (own === undefined ? undefined : sampleOf(own));
  if (value !== undefined && isUnset(readAt(payload, path))) writeAt(payload, path, value);
  for (const [name, type] of hints) {
    if (!name.startsWith(`${variable}.`)) continue;
    const at = [...path, ...name.slice(variable.length + 1).split('.')];
    if (readAt(payload, at) === undefined) writeAt(payload, at, sampleOf(type));
  }
}

function isUnset(value: Json | undefined): boolean {
  return value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
}

function declaredTypes(definition: ProcessDefinition): ReadonlyMap<string, VariableType> {
  const declared = [...definition.variables, ...allElements(definition).flatMap((element) => ('variables' in element ? (element.variables ?? []) : []))];
  return new Map(declared.map(({ name, type }) => [name, type]));
}

function readAt(value: Json | Mutable, path: readonly string[]): Json | undefined {
  let found: Json | undefined = value;
  for (const name of path) {
    if (typeof found !== 'object' || found === null || Array.isArray(found)) return undefined;
    // Arrays are excluded above; the readonly union does not say so.
    found = (found as Variables)[name];
  }
  return found;
}

function writeAt(target: Mutable, path: readonly string[], value: Json): void {
  const [name, ...rest] = path;
  if (name === undefined) return;
  if (rest.length === 0) {
    target[name] = value;
    return;
  }
  const inner = target[name];
  // Arrays are excluded; the readonly union does not say so.
  const next: Mutable = typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? { ...(inner as Variables) } : {};
  writeAt(next, rest, value);
  target[name] = next;
}
