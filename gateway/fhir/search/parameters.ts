import type { Prisma } from '#database';
import type { FhirContext } from '../context.ts';
import { keyOfFhirId } from '../ids.ts';
import { badParameter } from '../refusal.ts';
import type { ResourceType } from '../resources.ts';
import { readDate, type DateValue } from './dates.ts';
import type { SentParameter } from './read-parameters.ts';
import { readReference, readToken, textFilter, tokenConditions, type TokenValue } from './values.ts';

/** A condition that a parameter makes; some need the rights of who asks. */
export type Condition<Where> = (context: FhirContext) => Where | Promise<Where>;

/** What the door knows of a search parameter, whatever rows it is of. R4 §3.1.1. */
export interface AnyParameter {
  readonly type: 'token' | 'string' | 'date' | 'reference';
  /** Other ways of comparing, as `name:modifier`. */
  readonly modifiers?: readonly string[];
  /** Its values tell who a patient is: links hold them sealed. */
  readonly isIdentifying?: true;
  /** Its values name patients. */
  readonly isPatient?: true;
  /** The condition of one parameter as it was sent, which is for the kind whose parameter this is. Throws FhirRefusal. */
  readonly read: (sent: SentParameter, base: string) => unknown;
}

/** One search parameter of a kind: any of the values has to match. */
export interface Parameter<Where> extends AnyParameter {
  readonly read: (sent: SentParameter, base: string) => Condition<Where>;
}

/**
 * Conditions of which one suffices; none of them finds nothing. Prisma takes an empty condition among several for none, not for one that
 * always holds, and an empty list for no condition at all.
 */
export function any<Where extends object>(conditions: readonly Where[]): Where {
  const everything = conditions.find((condition) => Object.keys(condition).length === 0);
  // Every `…WhereInput` has OR and an id.
  return everything ?? ((conditions.length === 0 ? { id: { in: [] } } : { OR: conditions }) as unknown as Where);
}

/** `_id`: any of the rows. */
export function idParameter<Where extends object>(where: (keys: readonly string[]) => Where): Parameter<Where> {
  return {
    type: 'token',
    read: ({ values }) => {
      const keys = values.flatMap((value) => keyOfFhirId(value) ?? []);
      return () => where(keys);
    },
  };
}

/** A token, by the systems that its values may be of. `isIdentifying` is of the value, not of the code's system. */
export function tokenParameter<Where extends object>(bySystem: Readonly<Record<string, (code: string | undefined, context: FhirContext) => Where | undefined>>): Parameter<Where> {
  return {
    type: 'token',
    read: ({ name, values }) => {
      const tokens: readonly TokenValue[] = values.map((value) => readToken(name, value));
      return (context) => any(tokens.flatMap((token) => tokenConditions(token, Object.fromEntries(Object.entries(bySystem).map(([system, condition]) => [system, (code: string | undefined) => condition(code, context)])))));
    },
  };
}

/** A date, by what its values make of the row's columns. */
export function dateParameter<Where extends object>(conditions: (value: DateValue) => readonly Where[], { isDateOnly = false }: { readonly isDateOnly?: boolean } = {}): Parameter<Where> {
  return {
    type: 'date',
    read: ({ name, values }) => {
      const dates = values.map((value) => readDate(name, value, isDateOnly));
      return () => any(dates.flatMap(conditions));
    },
  };
}

/** A text, compared with a column. */
export function textParameter<Where extends object>(condition: (filter: ReturnType<typeof textFilter>) => Where): Parameter<Where> {
  return {
    type: 'string',
    modifiers: ['exact', 'contains'],
    read: ({ values, modifier }) => () => any(values.map((value) => condition(textFilter(value, modifier)))),
  };
}

/** A reference to rows of a type that are here. */
export function referenceParameter<Where extends object>(type: ResourceType, where: (keys: readonly string[], context: FhirContext) => Where | Promise<Where>): Parameter<Where> {
  return {
    type: 'reference',
    modifiers: [type],
    ...(type === 'Patient' ? { isPatient: true as const } : {}),
    read: ({ values }, base) => {
      const keys = values.flatMap((value) => readReference(value, type, base) ?? []);
      return (context) => where(keys, context);
    },
  };
}

/** A person or a system: `Practitioner/<id>`, the id alone, or with `:identifier` its system and id. */
export function actorParameter<Where extends object>(systems: Readonly<Record<string, 'Practitioner' | 'Device'>>, where: (key: string, system: string | undefined) => Where): Parameter<Where> {
  return {
    type: 'reference',
    modifiers: ['identifier'],
    read: ({ name, values, modifier }) => {
      const conditions = values.flatMap((value): readonly Where[] => {
        if (modifier === 'identifier') {
          const { system, code } = readToken(name, value);
          if (code === undefined) throw badParameter(name, `Expected system|value in ${name}:identifier, but there is no value`);
          return system === undefined || Object.hasOwn(systems, system) ? [where(code, system)] : [];
        }
        const [, kind, key = ''] = /^(?:([A-Za-z]+)\/)?(.+)$/s.exec(value) ?? [];
        const ofKind = kind === undefined ? [undefined] : Object.keys(systems).filter((system) => systems[system] === kind);
        return ofKind.map((system) => where(key, system));
      });
      return () => any(conditions);
    },
  };
}

/** The patients of these whom the viewer sees: where a row names its patient without a relation, whoever is hidden is not found by it. */
export async function visiblePatients(keys: readonly string[], { database, visibility }: FhirContext): Promise<string[]> {
  const where: Prisma.PatientWhereInput = { AND: [{ id: { in: [...keys] } }, visibility.Patient] };
  return (await database.prisma.patient.findMany({ where, select: { id: true } })).map(({ id }) => id);
}
