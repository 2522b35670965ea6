import type { Asked, ResourceDoor } from '../kind.ts';
import { badParameter, FhirRefusal } from '../refusal.ts';
import { readParameters, type SentParameter } from './read-parameters.ts';
import { readReference } from './values.ts';
import type { SealedFor, SealedValues } from './sealed-values.ts';

const usualCount = 20;
export const maximumCount = 100;
/** Begins a value that stands sealed in a link. */
const sealedMark = '~';
/** Where the page is that a link leads to. */
const pageParameter = '_page';

/** A search as it is carried out. */
export interface Search {
  readonly asked: Asked;
  /** The parameters that count, in the order in which they were sent, for links: identifying values are sealed. */
  readonly link: string;
  /** What `sealPlace` binds the next page to. */
  readonly key: string;
  /** Names and values that count, for the record. */
  readonly used: readonly { readonly name: string; readonly value: string }[];
  /** Names of parameters that are not known here, each once. */
  readonly ignored: readonly string[];
}

export interface SearchRequest {
  /** Query or form, without a leading `?`. */
  readonly text: string;
  readonly isStrict: boolean;
  readonly base: string;
  readonly of: SealedFor;
}

/**
 * Reads a search of one resource. Parameters that are not known are left out, or refused where the client is strict
 * (`Prefer: handling=strict`); known ones that are wrong are always refused. R4 §3.1.1.1 to §3.1.1.4.
 */
export async function readSearch(door: ResourceDoor, sealed: SealedValues, { text, isStrict, base, of }: SearchRequest): Promise<Search> {
  const control = new Map<string, string>();
  const ignored = new Set<string>();
  const conditions: unknown[] = [];
  const searchedBy: string[] = [];
  const used: { readonly name: string; readonly value: string; readonly link: string }[] = [];
  let patients: readonly string[] | undefined;

  for (const sent of readParameters(text)) {
    if (['_count', '_total', '_format', pageParameter].includes(sent.name)) {
      if (control.has(sent.name)) throw badParameter(sent.name, `Expected ${sent.name} once, but it is there again`);
      if (sent.modifier !== undefined) throw badParameter(sent.name, `Expected ${sent.name} without a modifier, but it has one`, 'not-supported');
      control.set(sent.name, sent.text);
      continue;
    }
    const parameter = Object.hasOwn(door.parameters, sent.name) ? door.parameters[sent.name] : undefined;
    if (!parameter) {
      if (isStrict) throw badParameter(sent.name, `Expected parameters that ${door.type} is searched by here, but ${sent.name} is none; GET /fhir/metadata lists them`, 'not-supported');
      ignored.add(sent.name);
      continue;
    }
    if (sent.modifier !== undefined && !parameter.modifiers?.includes(sent.modifier)) throw badParameter(sent.name, `Expected ${sent.name} without this modifier, which is not supported`, 'not-supported');
    const opened = parameter.isIdentifying && sent.text.startsWith(sealedMark) ? await openValue(sent) : sent;
    conditions.push(parameter.read(opened, base));
    searchedBy.push(sent.name);
    if (parameter.isPatient) {
      const keys = opened.values.flatMap((value) => readReference(value, 'Patient', base) ?? []);
      patients = patients === undefined ? keys : patients.filter((key) => keys.includes(key));
    }
    const name = sent.modifier === undefined ? sent.name : `${sent.name}:${sent.modifier}`;
    const value = parameter.isIdentifying ? `${sealedMark}${await sealed.sealValue(of, name, opened.text)}` : opened.text;
    used.push({ name, value: opened.text, link: `${encodeURIComponent(name)}=${encodeURIComponent(value)}` });
  }

  const take = countOf(control.get('_count'));
  const isTotalAsked = totalOf(control.get('_total'));
  const key = JSON.stringify([...used.map(({ name, value }) => [name, value]), isTotalAsked]);
  const page = control.get(pageParameter);
  const after = page === undefined ? undefined : await sealed.openPlace(of, key, page);
  if (page !== undefined && after === undefined) throw badParameter(pageParameter, 'Expected the link of a page of this search from the last hour, as it was given, but it is none: search again');
  return {
    asked: { conditions, searchedBy: [...new Set(searchedBy)], patients, after, take, isTotalAsked },
    link: [...used.map(({ link }) => link), `_count=${take}`, ...(isTotalAsked ? ['_total=accurate'] : [])].join('&'),
    key,
    used: used.map(({ name, value }) => ({ name, value })),
    ignored: [...ignored],
  };

  async function openValue(sent: SentParameter): Promise<SentParameter> {
    const name = sent.modifier === undefined ? sent.name : `${sent.name}:${sent.modifier}`;
    const value = await sealed.openValue(of, name, sent.text.slice(sealedMark.length));
    if (value === undefined) throw badParameter(sent.name, `Expected the sealed value of ${sent.name} from one of your own links of the last hour, but it is none`);
    const [opened] = readParameters(`${sent.name}=${encodeURIComponent(value)}`);
    if (!opened) throw new FhirRefusal(400, 'invalid', 'Expected a sealed value, but it is empty');
    return { ...sent, values: opened.values, text: value };
  }
}

/** The query of a page of the search: of the first one without `place`. */
export async function linkOf({ link, key }: Pick<Search, 'link' | 'key'>, sealed: SealedValues, of: SealedFor, place?: string): Promise<string> {
  return place === undefined ? link : `${link}&${pageParameter}=${await sealed.sealPlace(of, key, place)}`;
}

/** At most 100: a page may have fewer than were asked for. R4 §3.1.1.5.4. */
function countOf(text: string | undefined): number {
  if (text === undefined) return usualCount;
  if (!/^\d{1,20}$/.test(text)) throw badParameter('_count', 'Expected a whole number from 0 in _count, but it is not');
  return Math.min(Number(text), maximumCount);
}

/** An estimate may be exact. R4 §3.1.1.5.3. */
function totalOf(text: string | undefined): boolean {
  if (text === undefined || text === 'none') return false;
  if (text === 'accurate' || text === 'estimate') return true;
  throw badParameter('_total', 'Expected none, estimate or accurate in _total, but it is something else');
}
