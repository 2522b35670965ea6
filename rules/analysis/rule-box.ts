import { isOrdering } from '../operator.ts';
import { comparisonsOf, conditionNamed, isFactReference, parseOperator, type Comparison, type Condition, type InputType, type NamedConditions, type Rule, type RuleSetDocument } from '../index.ts';
import { normalValue } from '../input-value.ts';
import { complement, intersect, unite, ValueClasses, type Ranges } from './value-classes.ts';

/** A column that can be analysed: a fact, or a place in one, with its classes of values. */
export interface AnalysedColumn {
  readonly name: string;
  readonly classes: ValueClasses;
}

/** What a rule's condition allows in each column. */
export interface RuleBox {
  readonly rule: Rule;
  /** Ranges of classes by the place of the column; undefined for any value. */
  readonly ranges: readonly (Ranges | undefined)[];
  /** Why the rule may fire in only a part of its ranges; undefined where they are exactly its condition. */
  readonly inexact?: string;
}

/** The columns of a checked document and its rules as boxes over them. */
export function boxesOf(document: RuleSetDocument): { readonly columns: readonly AnalysedColumn[]; readonly boxes: readonly RuleBox[] } {
  const columns = columnsOf(document);
  const places = new Map(columns.map(({ name }, place) => [name, place]));
  const reader = new BoxReader(columns, places, document.conditions ?? {});
  return { columns, boxes: document.rules.map((rule) => reader.box(rule)) };
}

const nameOf = ({ fact, path }: Pick<Comparison, 'fact' | 'path'>): string => fact + (path ?? '$').slice(1);

function literalsOf({ operator, value }: Comparison): readonly unknown[] | undefined {
  const { decorators, base } = parseOperator(operator) ?? { decorators: [], base: 'satisfies' };
  if (isFactReference(value) || value === null || decorators.some((decorator) => decorator !== 'not') || base === 'satisfies' || base === 'contains' || base === 'doesNotContain') return undefined;
  if (!Array.isArray(value)) return [value];
  return value.some((member) => member === null || Array.isArray(member)) ? undefined : value;
}

function columnsOf({ rules, inputs, conditions }: RuleSetDocument): readonly AnalysedColumn[] {
  const literals = new Map<string, { readonly comparison: Comparison; readonly values: unknown[] }>();
  for (const rule of rules) {
    for (const comparison of comparisonsOf(rule.conditions, conditions)) {
      const found = literalsOf(comparison);
      if (!found) continue;
      const known = literals.get(nameOf(comparison));
      if (known) known.values.push(...found);
      else literals.set(nameOf(comparison), { comparison, values: [...found] });
    }
  }
  const declared = new Map(inputs.map((input) => [input.name, input]));
  return [...literals].flatMap(([name, { comparison, values }]) => {
    const input = declared.get(comparison.fact);
    const type = comparison.path === undefined && input?.type !== 'any' ? input?.type : commonType(values);
    if (type === undefined || type === 'list' || type === 'object') return [];
    return [{ name, classes: new ValueClasses(type, values, comparison.path === undefined ? input?.allowedValues : undefined) }];
  });
}

/** The type of all values at a place whose type nobody declares. */
function commonType(values: readonly unknown[]): InputType | undefined {
  const types: readonly InputType[] = ['number', 'boolean', 'date', 'dateTime', 'string'];
  return types.find((type) => values.every((value) => normalValue(type, value) !== undefined));
}

class BoxReader {
  readonly #columns: readonly AnalysedColumn[];
  readonly #places: ReadonlyMap<string, number>;
  readonly #named: NamedConditions;

  constructor(columns: readonly AnalysedColumn[], places: ReadonlyMap<string, number>, named: NamedConditions) {
    this.#columns = columns;
    this.#places = places;
    this.#named = named;
  }

  box(rule: Rule): RuleBox {
    const ranges: (Ranges | undefined)[] = this.#columns.map(() => undefined);
    let inexact: string | undefined;
    for (const part of this.#parts(rule.conditions)) {
      const column = this.#singleColumn(part);
      const found = column === undefined ? undefined : this.#ranges(part, column);
      if (column === undefined || found === undefined) inexact ??= describe(part);
      else ranges[column] = intersect(ranges[column] ?? this.#classes(column).all, found);
    }
    return inexact === undefined ? { rule, ranges } : { rule, ranges, inexact };
  }

  #classes(column: number): ValueClasses {
    return (this.#columns[column] as AnalysedColumn).classes;
  }

  *#parts(condition: Condition): Generator<Condition> {
    const target = this.#resolved(condition);
    if (target && 'all' in target) for (const part of target.all) yield* this.#parts(part);
    else if (target && 'any' in target && target.any.length === 1) for (const part of target.any) yield* this.#parts(part);
    else yield condition;
  }

  #resolved(condition: Condition): Condition | undefined {
    if (!('condition' in condition)) return condition;
    const target = conditionNamed(condition.condition, this.#named);
    return target && this.#resolved(target);
  }

  /** The column that every comparison in a condition is about. */
  #singleColumn(condition: Condition): number | undefined {
    let only: number | undefined;
    for (const comparison of comparisonsOf(condition, this.#named)) {
      const place = this.#places.get(nameOf(comparison));
      if (place === undefined || (only !== undefined && only !== place)) return undefined;
      only = place;
    }
    return only;
  }

  #ranges(condition: Condition, column: number): Ranges | undefined {
    const classes = this.#classes(column);
    const each = (parts: readonly Condition[], join: (left: Ranges, right: Ranges) => Ranges, start: Ranges): Ranges | undefined =>
      parts.reduce<Ranges | undefined>((found, part) => {
        const next = found && this.#ranges(part, column);
        return found && next && join(found, next);
      }, start);
    if ('all' in condition) return each(condition.all, intersect, classes.all);
    if ('any' in condition) return each(condition.any, unite, []);
    if ('not' in condition) {
      const inner = this.#ranges(condition.not, column);
      return inner && complement(inner, classes.count);
    }
    if (!('condition' in condition)) return comparisonRanges(condition, classes);
    const target = this.#resolved(condition);
    return target && this.#ranges(target, column);
  }
}

function comparisonRanges(comparison: Comparison, classes: ValueClasses): Ranges | undefined {
  const literals = literalsOf(comparison);
  if (!literals) return undefined;
  const { decorators, base } = parseOperator(comparison.operator) ?? { decorators: [], base: 'equal' as const };
  const members = (): Ranges => literals.map((value) => classes.of(value)).reduce(unite, []);
  const plain = (): Ranges => {
    if (!isOrdering(base)) return base === 'equal' || base === 'in' ? members() : complement(members(), classes.count);
    const beside = classes.beside(literals[0], base.startsWith('less') ? 'below' : 'above');
    return base.endsWith('Inclusive') ? unite(beside, members()) : beside;
  };
  return decorators.length % 2 === 0 ? plain() : complement(plain(), classes.count);
}

/** Names what of a rule was not read, for people. */
function describe(condition: Condition): string {
  if ('operator' in condition) return `${nameOf(condition)} ${condition.operator}`;
  return 'any' in condition ? 'any' : 'not' in condition ? 'not' : 'condition' in condition ? condition.condition : 'all';
}
