import { isLocalizedText, type LocalizedText } from '../i18n/localized-text.ts';

/** A finding of a rule, wherever in a task's or instance's data it stands. */
export interface FindingFact {
  readonly level: string;
  readonly message: LocalizedText | string;
  readonly ruleSet?: string;
  readonly ruleId?: string;
  readonly version?: string;
  readonly source?: string | { readonly reference?: string; readonly grade?: string };
}

/** One line to show: a plain value, a list of them, or findings. `depth` indents what belongs to an object. */
export type FactRow =
  | { readonly kind: 'value'; readonly path: string; readonly name: string; readonly depth: number; readonly value: string | number | boolean | LocalizedText | undefined; readonly unit?: string }
  | { readonly kind: 'list'; readonly path: string; readonly name: string; readonly depth: number; readonly values: readonly (string | number | boolean)[] }
  | { readonly kind: 'heading'; readonly path: string; readonly name: string; readonly depth: number }
  | { readonly kind: 'findings'; readonly path: string; readonly name: string; readonly depth: number; readonly findings: readonly FindingFact[] };

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const isPlain = (value: unknown): value is string | number | boolean => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

/** True for an object that carries a level and a message: a rule's finding. */
export function isFinding(value: unknown): value is FindingFact {
  return isFields(value) && typeof value['level'] === 'string' && (typeof value['message'] === 'string' || isLocalizedText(value['message']));
}

/** True where a finding stands in a value, at any depth. */
function hasFinding(value: unknown): boolean {
  if (isFinding(value)) return true;
  if (Array.isArray(value)) return value.some(hasFinding);
  return isFields(value) && Object.values(value).some(hasFinding);
}

/** Ranks what rules found before everything else, so that who decides does not have to look for it. */
export function findingsFirst(data: unknown, rank: FactLayout['rank']): FactLayout['rank'] {
  const found = new Set(isFields(data) ? Object.keys(data).filter((name) => hasFinding(data[name])) : []);
  return (name) => (found.has(name) ? rank(name) - beforeAll : rank(name));
}

/** A FHIR Quantity, or our short form of one. */
function quantityOf(value: Fields): { readonly value: number; readonly unit: string } | undefined {
  const { value: amount, unit } = value;
  return typeof amount === 'number' && typeof unit === 'string' && Object.keys(value).length <= 4 ? { value: amount, unit } : undefined;
}

const unitSuffix = 'Unit';
const deepest = 4;
/** More than there are names to rank. */
const beforeAll = 100_000;

/** How the names of a list of facts are ordered and which are left out; the order of JSON fields is lost in the database. */
export interface FactLayout {
  readonly rank: (name: string) => number;
  readonly omit: ReadonlySet<string>;
}

const asGiven: FactLayout = { rank: () => 0, omit: new Set() };

/** Lays free JSON out as lines. An absent value is 无数据, never 否; `dose` and `doseUnit` become one line. */
export function factRows(data: unknown, layout: FactLayout = asGiven, path = '', depth = 0): readonly FactRow[] {
  if (!isFields(data)) return [];
  const entries = Object.entries(data).filter(([name]) => !layout.omit.has(name)).sort(([a], [b]) => layout.rank(a) - layout.rank(b));
  return entries.flatMap(([name, value]): readonly FactRow[] => {
    const here = path === '' ? name : `${path}.${name}`;
    if (name.endsWith(unitSuffix) && name !== unitSuffix && name.slice(0, -unitSuffix.length) in data) return [];
    if (value === null || value === undefined) return [{ kind: 'value', path: here, name, depth, value: undefined }];
    if (isPlain(value) || isLocalizedText(value)) {
      const unit = data[`${name}${unitSuffix}`];
      return [{ kind: 'value', path: here, name, depth, value, ...(typeof unit === 'string' ? { unit } : {}) }];
    }
    if (Array.isArray(value)) return listRows(value, name, here, depth, layout);
    if (isFinding(value)) return [{ kind: 'findings', path: here, name, depth, findings: [value] }];
    const quantity = isFields(value) ? quantityOf(value) : undefined;
    if (quantity !== undefined) return [{ kind: 'value', path: here, name, depth, value: quantity.value, unit: quantity.unit }];
    if (depth >= deepest) return [{ kind: 'value', path: here, name, depth, value: JSON.stringify(value) }];
    return [{ kind: 'heading', path: here, name, depth }, ...factRows(value, layout, here, depth + 1)];
  });
}

function listRows(list: readonly unknown[], name: string, path: string, depth: number, layout: FactLayout): readonly FactRow[] {
  if (list.length === 0) return [{ kind: 'value', path, name, depth, value: '—' }];
  if (list.every(isFinding)) return [{ kind: 'findings', path, name, depth, findings: list }];
  if (list.every(isPlain)) return [{ kind: 'list', path, name, depth, values: list }];
  if (depth >= deepest) return [{ kind: 'value', path, name, depth, value: JSON.stringify(list) }];
  return [
    { kind: 'heading', path, name, depth },
    ...list.flatMap((item, index): readonly FactRow[] => (isFields(item) ? [{ kind: 'heading', path: `${path}.${index}`, name: String(index + 1), depth: depth + 1 }, ...factRows(item, layout, `${path}.${index}`, depth + 2)] : isPlain(item) ? [{ kind: 'value', path: `${path}.${index}`, name: String(index + 1), depth: depth + 1, value: item }] : [])),
  ];
}
