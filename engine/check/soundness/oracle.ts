import { compileExpression } from '#rules';
import type { Json } from '../../json.ts';
import { builtins } from '../data/feel-types.ts';
import type { Bound, Formula, Reference, ValueForm } from './formula.ts';
import { boundKey, boundsAbout, impliedBy } from './number-range.ts';
import { keyOf, type Term, type Terms } from './terms.ts';

/** What has been decided about data that still exists: by part, or by the text of an atom over parts. */
export type Facts = ReadonlyMap<string, Json>;

/** How many items there may be, and what that says about the data. */
interface Size {
  readonly size: number;
  readonly formula: Formula;
}

/** What an expression of the abstract plan asks for. */
export type Question =
  | { readonly kind: 'decide'; readonly site: string; readonly elementId: string; readonly formula: Formula; readonly isOneOfMany?: boolean; readonly isAboutRounds?: boolean; readonly isCapped?: boolean }
  | { readonly kind: 'value'; readonly form: ValueForm; readonly source: string }
  | { readonly kind: 'items' | 'count'; readonly sizes: readonly Size[] }
  | { readonly kind: 'activities'; readonly sets: readonly (readonly string[])[] };

export interface Decision {
  readonly formula: Extract<Formula, { kind: 'equals' | 'atom' }>;
  readonly terms: readonly (Term | undefined)[];
  readonly answer: boolean;
}

type Context = { readonly [name: string]: unknown };
/** How often one step may decide the same question the same way: a second round shows what a third would. */
const roundsPerStep = 2;
/** Of a gateway with many conditions, so many hold together at most. */
const manyConditions = 5;
/** So many rounds of a loop are told apart. */
export const roundsKnown = 3;
const largestCount = 8;
const longestText = 40;
/** What gives another value a moment later. */
const clocks: ReadonlySet<string> = new Set(['now', 'today']);
const anyInstant = '2026-01-01T00:00:00.000Z';

/**
 * Answers what the interpreter asks while it makes one step. It replays the choices it is given and then takes the
 * first of each; `choices` says afterwards how many there were, so that the explorer can go back and take another.
 */
export class Oracle {
  readonly choices: { readonly taken: number; readonly count: number }[] = [];
  readonly decisions: Decision[] = [];
  /** Elements whose conditions were answered by choice, not from what is known. */
  readonly chosenAt = new Set<string>();
  /** What comes with the event that is handled. */
  readonly payload: number;
  /** The step went round and round; the branch tells nothing new. */
  isCut = false;
  readonly #terms: Terms;
  readonly #prefix: readonly number[];
  /** Whether a variable that is not there has no value, or is one that nobody follows. */
  readonly #isKept: (name: string) => boolean;
  readonly #facts: Map<string, Json>;
  readonly #rounds = new Map<string, [number, number]>();
  readonly #held = new Map<string, number>();

  constructor(terms: Terms, facts: Facts, prefix: readonly number[], isKept: (name: string) => boolean = () => true) {
    this.#isKept = isKept;
    this.#terms = terms;
    this.#facts = new Map(facts);
    this.#prefix = prefix;
    this.payload = terms.fresh();
  }

  get facts(): Facts {
    return this.#facts;
  }

  answer(question: Question, context: Context): unknown {
    switch (question.kind) {
      case 'decide':
        return this.#decide(question, context);
      case 'value':
        return this.#value(question.form, question.source, context);
      case 'items':
        return Array.from({ length: this.#size(question.sizes) }, () => this.#terms.fresh());
      case 'count':
        return this.#size(question.sizes);
      case 'activities':
        return question.sets[this.#choose(question.sets.length)];
    }
  }

  #size(sizes: readonly Size[]): number {
    const chosen = sizes[this.#choose(sizes.length)];
    if (sizes.length > 1 && chosen?.formula.kind === 'atom') this.#note(chosen.formula, [], true);
    return chosen?.size ?? 0;
  }

  #value(form: ValueForm, source: string, context: Context): number {
    if (form.kind === 'literal') return this.#terms.token(form);
    const term = form.kind === 'reference' ? this.#resolve(form.reference, context) : undefined;
    if (term) return this.#terms.token(term);
    const known = form.kind === 'computed' ? this.#calculate(source, form.references, context) : undefined;
    return known === undefined ? this.#terms.fresh() : this.#terms.token({ kind: 'literal', value: known });
  }

  /** The result over values that are all known, as long as it is small: a counter that counts on and on is let go. */
  #calculate(source: string, references: readonly Reference[], context: Context): Json | undefined {
    const values: Record<string, Json> = {};
    let hasAny = false;
    for (const reference of references) {
      const term = this.#resolve(reference, context);
      if (term?.kind !== 'literal') {
        if (reference.root in context || !builtins.has(reference.root)) return undefined;
        continue;
      }
      hasAny = true;
      values[reference.root] = term.value;
    }
    // What names nothing is the same every time.
    if (!hasAny && references.length > 0) return undefined;
    try {
      const { value } = compileExpression(source).evaluate(values, { at: anyInstant });
      if (typeof value === 'boolean' || (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= largestCount)) return value;
      return typeof value === 'string' && value.length <= longestText ? value : undefined;
    } catch {
      return undefined;
    }
  }

  #decide(question: Extract<Question, { kind: 'decide' }>, context: Context): boolean {
    if (question.isOneOfMany && (this.#held.get(question.elementId) ?? 0) >= 2) return false;
    // Beyond the rounds that are told apart, a loop with a maximum may have reached it.
    if (question.isCapped && !isKnownRound(context)) return this.#pick(question, question.formula);
    const answer = this.#holds(question.formula, question, question.isAboutRounds ? this.#withRound(context) : context);
    if (answer) this.#held.set(question.elementId, (this.#held.get(question.elementId) ?? 0) + 1);
    return answer;
  }

  /** The first rounds of a loop are known by their number; `canonicalForm` tells them apart. */
  #withRound(context: Context): Context {
    const { loopCounter } = context;
    return isKnownRound(context) ? { ...context, loopCounter: this.#terms.token({ kind: 'literal', value: Number(loopCounter) }) } : context;
  }

  #holds(formula: Formula, question: Extract<Question, { kind: 'decide' }>, context: Context): boolean {
    switch (formula.kind) {
      case 'and':
        return formula.parts.every((part) => this.#holds(part, question, context));
      case 'or':
        return formula.parts.some((part) => this.#holds(part, question, context));
      case 'not':
        return !this.#holds(formula.part, question, context);
      case 'equals':
        return this.#equals(formula, question, context);
      case 'atom':
        return this.#atom(formula, question, context);
    }
  }

  #equals(formula: Extract<Formula, { kind: 'equals' }>, question: Extract<Question, { kind: 'decide' }>, context: Context): boolean {
    const { reference, value } = formula;
    const term = this.#resolve(reference, context);
    if (!term) return this.#isKept(reference.root) && isNull(reference, context) ? value === null : this.#note(formula, [term], this.#pick(question, formula));
    if (term.kind === 'literal') return term.value === value;
    const key = keyOf(term.origin, term.path);
    const known = this.#facts.get(`is ${key}`);
    if (known !== undefined) return known === value;
    // What was something else by now is not it; of two truth values the other one is left.
    if (this.#facts.has(`not ${key} ${JSON.stringify(value)}`)) return false;
    if (typeof value === 'boolean' && this.#facts.has(`not ${key} ${JSON.stringify(!value)}`)) return true;
    const answer = this.#note(formula, [term], this.#pick(question, formula));
    if (answer) this.#facts.set(`is ${key}`, value);
    else this.#facts.set(`not ${key} ${JSON.stringify(value)}`, true);
    return answer;
  }

  #atom(formula: Extract<Formula, { kind: 'atom' }>, question: Extract<Question, { kind: 'decide' }>, context: Context): boolean {
    const calculated = this.#calculate(formula.text, formula.references, context);
    if (typeof calculated === 'boolean') return calculated;
    const terms = formula.references.map((reference) => this.#resolve(reference, context));
    const [compared] = terms;
    if (formula.bound && compared?.kind === 'part') return this.#compare(formula, formula.bound, keyOf(compared.origin, compared.path), terms, question);
    const isKeepable = !formula.references.some(({ root }) => clocks.has(root)) && formula.references.every(({ root }, index) => terms[index] !== undefined || (this.#isKept(root) && !(root in context)));
    const names = terms.map((term, index) => (term === undefined ? (formula.references[index]?.root ?? '') : term.kind === 'literal' ? `=${JSON.stringify(term.value)}` : keyOf(term.origin, term.path)));
    const key = `holds ${formula.text} ${names.join(' ')}`;
    const known = isKeepable ? this.#facts.get(key) : undefined;
    if (typeof known === 'boolean') return known;
    const answer = this.#note(formula, terms, this.#pick(question, formula));
    if (isKeepable) this.#facts.set(key, answer);
    return answer;
  }

  #compare(formula: Extract<Formula, { kind: 'atom' }>, bound: Bound, part: string, terms: Decision['terms'], question: Extract<Question, { kind: 'decide' }>): boolean {
    const implied = impliedBy(boundsAbout(this.#facts, part), bound);
    if (implied !== undefined) return implied;
    const answer = this.#note(formula, terms, this.#pick(question, formula));
    this.#facts.set(boundKey(part, bound), answer);
    return answer;
  }

  /** The term that a reference names; undefined for a name that the abstract instance does not keep. */
  #resolve({ root, path }: Reference, context: Context): Term | undefined {
    let value: unknown = context[root];
    let rest = path;
    while (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      const known: unknown = Reflect.get(value, 'payload');
      if (known !== undefined) value = known;
      else if (rest[0] === undefined) return undefined;
      else [value, rest] = [Reflect.get(value, rest[0]), rest.slice(1)];
    }
    const term = this.#terms.term(value);
    if (term?.kind === 'part') return { ...term, path: [...term.path, ...rest] };
    return rest.length === 0 ? term : undefined;
  }

  #note(formula: Decision['formula'], terms: Decision['terms'], answer: boolean): boolean {
    this.decisions.push({ formula, terms, answer });
    return answer;
  }

  /** True first, then false; a question that was answered alike in every round gets the other answer. */
  #pick({ site, elementId }: Extract<Question, { kind: 'decide' }>, asked: Formula): boolean {
    this.chosenAt.add(elementId);
    const place = `${site} ${asked.kind === 'atom' ? asked.text : JSON.stringify(asked)}`;
    const rounds = this.#rounds.get(place) ?? [0, 0];
    this.#rounds.set(place, rounds);
    const open = [true, false].filter((answer) => rounds[answer ? 0 : 1] < roundsPerStep);
    if (open.length === 0) this.isCut = true;
    const answer = open.length === 2 ? this.#choose(2) === 0 : (open[0] ?? rounds[0] <= rounds[1]);
    rounds[answer ? 0 : 1] += 1;
    return answer;
  }

  #choose(count: number): number {
    if (count <= 1) return 0;
    const taken = this.#prefix[this.choices.length] ?? 0;
    this.choices.push({ taken, count });
    return taken;
  }
}

function isKnownRound({ loopCounter }: Context): boolean {
  return typeof loopCounter === 'number' && loopCounter <= roundsKnown;
}

/** A variable that no scope holds has no value. */
function isNull({ root }: Reference, context: Context): boolean {
  return context[root] === undefined || context[root] === null;
}

/** Whether so many conditions leave a gateway that not every set of them is tried. */
export function areMany(conditions: number): boolean {
  return conditions > manyConditions;
}
