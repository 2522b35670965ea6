import type { InformationItem } from './boxed-expression.ts';
import type { DecisionModel, DmnFinding, ItemDefinition } from './decision-model.ts';
import { anyType, compileStandardTests, convert, isContext, ownType, parseDateText, parseDateTimeText, parseDurationText, parseTimeText, Scope, setEntry, shapeOf, type FeelType, type Run } from '../feel/standard/index.ts';
import type { KnownNames } from '../feel/parse-tree.ts';

const maximumDepth = 20;

/** The evaluation that runs now: allowed values may ask for the date. */
export interface RunningEvaluation {
  run: Run | undefined;
}

/** Where a model stands among those that belong together. */
interface Place {
  /** Goes before the names of its types in findings. */
  readonly prefix: string;
  /** The types of a model that it imports, by the import's name. */
  readonly imported: (name: string) => ItemTypes | undefined;
}

interface Owned {
  readonly definition: ItemDefinition;
  readonly types: ItemTypes;
}

/** The types of a model by name, those of imported models with the import's name before it. They may refer to each other, also in a circle through components. DMN 1.5 §7.3.2. */
export class ItemTypes {
  readonly #definitions: ReadonlyMap<string, ItemDefinition>;
  readonly #types = new Map<string, FeelType>();
  readonly #findings: DmnFinding[];
  readonly #running: RunningEvaluation;
  readonly #place: Place;

  constructor(model: DecisionModel, findings: DmnFinding[], running: RunningEvaluation, place: Place) {
    this.#definitions = new Map(model.itemDefinitions.map((definition) => [definition.name, definition]));
    this.#findings = findings;
    this.#running = running;
    this.#place = place;
  }

  /** Reports types that do not end, once all imports are there. */
  check(): void {
    for (const definition of this.#definitions.values()) {
      if (this.#isCircular(definition)) this.#report('TYPE_CIRCULAR', 'error', definition.name, `Expected the type ${definition.name} to end in FEEL's own types, but it is made of itself`);
    }
  }

  /** The type of an item definition; undefined for a name that the model does not have. */
  readonly find = (name: string): FeelType | undefined => {
    const owned = this.lookUp(name);
    return owned && owned.types.#named(owned.definition);
  };

  #named(definition: ItemDefinition): FeelType | undefined {
    const { name } = definition;
    const known = this.#types.get(name);
    if (known) return known;
    if (this.#isCircular(definition)) return undefined;
    let resolved: FeelType | undefined;
    const type: FeelType = { kind: 'named', resolve: () => (resolved ??= this.#typeOf(definition)) };
    this.#types.set(name, type);
    return type;
  }

  /** The type that a reference names; any type without one, and with a finding where there is no such type. */
  of(typeRef: string | undefined, elementId: string): FeelType {
    if (typeRef === undefined || typeRef === '') return anyType;
    const type = this.find(typeRef) ?? ownType(typeRef);
    if (type) return type;
    this.#findings.push({ code: 'TYPE_NOT_FOUND', severity: 'warning', elementId, message: `Expected a type of FEEL or of the model, but there is no ${typeRef}; any value is taken` });
    return anyType;
  }

  /** The names that a path can find in a variable of this type. */
  namesIn({ typeRef }: InformationItem, depth = 0): KnownNames {
    const owned = this.lookUp(typeRef);
    return owned ? owned.types.#namesOf(owned.definition, depth) : {};
  }

  /** The unary tests of the allowed values of a type, or of one component; undefined when there are none. */
  allowedValues(typeRef: string | undefined, component?: string): string | undefined {
    const owned = this.lookUp(typeRef);
    if (!owned) return undefined;
    const { definition, types } = owned;
    if (component === undefined) return definition.allowedValues ?? definition.typeConstraint ?? (definition.typeRef === typeRef && types === this ? undefined : types.allowedValues(definition.typeRef));
    const found = definition.components?.find(({ name }) => name === component);
    return found && (found.allowedValues ?? types.allowedValues(found.typeRef));
  }

  /** An item definition of this model or of an imported one, with the types that it belongs to. */
  lookUp(name: string | undefined): Owned | undefined {
    if (name === undefined) return undefined;
    const definition = this.#definitions.get(name);
    if (definition) return { definition, types: this };
    // An import's name may have dots of its own.
    for (let dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
      const found = this.#place.imported(name.slice(0, dot))?.lookUp(name.slice(dot + 1));
      if (found) return found;
    }
    return this.#place.imported('')?.lookUp(name);
  }

  #namesOf(definition: ItemDefinition, depth: number): KnownNames {
    if (depth > 6) return {};
    if (!definition.components) return this.namesIn(definition, depth + 1);
    return Object.fromEntries(definition.components.map((component) => [component.name, this.#namesOf(component, depth + 1)]));
  }

  #isCircular(definition: ItemDefinition): boolean {
    const seen = new Set<ItemDefinition>();
    for (let next: Owned | undefined = { definition, types: this }; next; next = next.definition.components ? undefined : next.types.lookUp(next.definition.typeRef)) {
      if (seen.has(next.definition)) return true;
      seen.add(next.definition);
    }
    return false;
  }

  #report(code: string, severity: DmnFinding['severity'], name: string, message: string): void {
    this.#findings.push({ code, severity, elementId: `${this.#place.prefix}${name}`, message });
  }

  #typeOf(definition: ItemDefinition): FeelType {
    const base = this.#baseOf(definition);
    const item = definition.allowedValues === undefined ? base : this.#restricted(base, definition.allowedValues, definition.name);
    const type: FeelType = definition.isCollection ? { kind: 'list', of: item } : item;
    return definition.typeConstraint === undefined ? type : this.#restricted(type, definition.typeConstraint, definition.name);
  }

  #baseOf(definition: ItemDefinition): FeelType {
    if (definition.components) return { kind: 'context', entries: Object.fromEntries(definition.components.map((component) => [component.name, this.#typeOf(component)])) };
    const { functionItem } = definition;
    if (functionItem) return { kind: 'function', parameters: functionItem.parameters.map(({ typeRef }) => this.of(typeRef, definition.name)), result: this.of(functionItem.outputTypeRef, definition.name) };
    return this.of(definition.typeRef, definition.name);
  }

  #restricted(base: FeelType, source: string, elementId: string): FeelType {
    try {
      const test = compileStandardTests(source, { typeOf: this.find });
      return { kind: 'restricted', base, allows: (value) => this.#running.run !== undefined && test(new Scope(this.#running.run, new Map()), value) === true };
    } catch (error) {
      this.#report('FEEL_SYNTAX', 'error', elementId, `Expected allowed values as unary tests, but ${error instanceof Error ? error.message : 'they cannot be read'}`);
      return base;
    }
  }
}

/** JSON as a value of a type: texts of dates, times and durations become such. Undefined when it does not fit. */
export function fromJson(value: unknown, type: FeelType): unknown {
  return convert(read(value, type, 0), type);
}

function read(value: unknown, type: FeelType, depth: number): unknown {
  const shape = shapeOf(type);
  if (value === null || value === undefined || depth > maximumDepth) return value ?? null;
  if (shape.kind === 'list') return Array.isArray(value) ? value.map((item) => read(item, shape.of, depth + 1)) : read(value, shape.of, depth + 1);
  if (shape.kind === 'context' && isContext(value)) {
    const context: Record<string, unknown> = {};
    for (const name of Object.keys(shape.entries)) setEntry(context, name, null);
    for (const [name, entry] of Object.entries(value)) setEntry(context, name, read(entry, (Object.hasOwn(shape.entries, name) ? shape.entries[name] : undefined) ?? anyType, depth + 1));
    return context;
  }
  if (shape.kind !== 'plain' || typeof value !== 'string') return value;
  switch (shape.name) {
    case 'date':
      return parseDateText(value) ?? value;
    case 'time':
      return parseTimeText(value) ?? value;
    case 'date and time':
      return parseDateTimeText(value) ?? value;
    case 'days and time duration':
    case 'years and months duration':
    case 'duration':
      return parseDurationText(value) ?? value;
    default:
      return value;
  }
}
