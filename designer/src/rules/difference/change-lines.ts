import { isLocalizedText } from '../../i18n/localized-text.ts';
import type { EntryChange, FieldChange } from '../model.ts';
import { sameJson } from '../same-json.ts';
import { conditionWords, entriesOf, factName, inputsOf, membersOf, operatorWords, valueWords, type Members, type Words } from './condition-words.ts';

/** One thing that differs, in words; `before` or `after` is absent where it was not there. */
export interface ChangeLine {
  readonly label: string;
  readonly before?: string;
  readonly after?: string;
}

/** Both documents; without them the paths stand for themselves. */
export interface Documents {
  readonly before: unknown;
  readonly after: unknown;
}

export type EntryKind = 'rules' | 'inputs' | 'outputs';

/** What is shown as a whole when anything in it differs: its parts alone say little. */
const wholes = ['conditions', 'signed', 'whenMissing', 'allowedValues'];
const wholesOfDocument = ['annotations'];

function wholeOf(path: string): string {
  const [first = ''] = path.split('.');
  return wholes.includes(first) ? first : path;
}

/** A named condition is shown by itself. */
function wholeOfDocument(path: string): string {
  const [first = '', name = ''] = path.split('.');
  if (first === 'conditions') return `${first}.${name}`;
  return wholesOfDocument.includes(first) ? first : path;
}

/** The lines of a rule, input or output that was changed. */
export function entryLines(kind: EntryKind, change: EntryChange, documents: Documents, words: Words): readonly ChangeLine[] {
  const [from, to] = [entryOf(documents.before, kind, change), entryOf(documents.after, kind, change)];
  const paths = [...new Set(change.fields.map(({ path }) => wholeOf(path)))];
  return paths.toSorted((a, b) => rank(a) - rank(b)).map((path) => {
    const limit = path === 'conditions' ? limitLine(from[path], to[path], inputsOf(documents.after), words) : undefined;
    if (limit !== undefined) return limit;
    const given = change.fields.find((field) => field.path === path);
    const side = (entry: Members, document: unknown, own: unknown): string | undefined => fieldWords(path, given === undefined ? valueAt(entry, path) : own, document, words);
    return line(fieldLabel(kind, path, words), side(from, documents.before, given?.before), side(to, documents.after, given?.after));
  });
}

/** Whether only the layout of the table differs in the document itself, which decides nothing. */
export function isLayout({ path }: FieldChange): boolean {
  return path === 'columns' || path.startsWith('columns.');
}

/** The lines of what differs in the document itself: name, description, hit policy. */
export function documentLines(fields: readonly FieldChange[], documents: Documents, words: Words): readonly ChangeLine[] {
  return [...new Set(fields.map(({ path }) => wholeOfDocument(path)))].map((path) => {
    const given = fields.find((field) => field.path === path);
    const side = (document: unknown, own: unknown): string | undefined => fieldWords(path.startsWith('conditions.') ? 'conditions' : path, given === undefined ? valueAt(membersOf(document), path) : own, document, words);
    return line(fieldLabel('document', path, words), side(documents.before, given?.before), side(documents.after, given?.after));
  });
}

/** A rule as a sentence: when it fires, and what it says then. */
export function ruleSentence(rule: unknown, document: unknown, words: Words): string {
  const members = membersOf(rule);
  const message = members['message'];
  return words.t('rules.ruleSentence', {
    condition: conditionWords(members['conditions'], inputsOf(document), words),
    level: words.lookup(`decision.level.${String(members['level'] ?? 'PASS')}`, String(members['level'] ?? 'PASS')),
    message: isLocalizedText(message) ? words.of(message) : '',
  });
}

/** The rule, input or output that a change is about, in one of the documents. */
export function entryOf(document: unknown, kind: EntryKind, { id, fromIndex, toIndex }: Pick<EntryChange, 'id' | 'fromIndex' | 'toIndex'>): Members {
  const entries = entriesOf(membersOf(document)[kind]);
  const identity = kind === 'rules' ? 'id' : 'name';
  return entries.find((entry) => entry[identity] === id) ?? (/^#\d+$/.test(id) ? (entries[toIndex ?? fromIndex ?? -1] ?? {}) : {});
}

/** When a rule fires comes first; that it was signed again follows from the rest. */
function rank(path: string): number {
  return path === 'conditions' ? 0 : path === 'signed' ? 2 : 1;
}

function line(label: string, before: string | undefined, after: string | undefined): ChangeLine {
  return { label, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
}

/**
 * `血钾 >` with both values, when one compared value is all that differs in the condition. The parts of an `all` are compared wherever
 * they stand: the table writes them in the order of its columns, which decides nothing.
 */
function limitLine(before: unknown, after: unknown, inputs: ReadonlyMap<string, Members>, words: Words): ChangeLine | undefined {
  const [from, to] = [entriesOf(membersOf(before)['all']), entriesOf(membersOf(after)['all'])];
  const [gone, come] = [without(from, to), without(to, from)];
  const [old, now] = [gone[0], come[0]];
  if (from.length !== to.length || gone.length > 1) return undefined;
  if (old === undefined || now === undefined) return from.length === 0 ? undefined : { label: words.t('rules.field.order') };
  const { value: oldValue, ...oldRest } = old;
  const { value: newValue, ...newRest } = now;
  const { fact, path, operator } = now;
  if (!sameJson(oldRest, newRest) || typeof fact !== 'string' || typeof operator !== 'string') return undefined;
  return line(`${factName(fact, path, inputs, words)} ${operatorWords(operator, words)}`, valueWords(oldValue, fact, inputs, words), valueWords(newValue, fact, inputs, words));
}

/** What of `parts` has no equal among `others`, each of which counts once. */
function without(parts: readonly Members[], others: readonly Members[]): readonly Members[] {
  const left = [...others];
  return parts.filter((part) => {
    const at = left.findIndex((other) => sameJson(part, other));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

function fieldWords(path: string, value: unknown, document: unknown, words: Words): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (path === 'conditions') return conditionWords(value, inputsOf(document), words);
  if (path === 'level') return words.lookup(`decision.level.${String(value)}`, String(value));
  if (path === 'hitPolicy' || path === 'aggregation' || path === 'type') return words.lookup(`rules.value.${String(value)}`, String(value));
  if (path === 'signed') {
    const { name, role, at } = membersOf(value);
    return [words.lookup(`role.${String(role)}`, String(role)), String(name), typeof at === 'string' ? words.dateTime(at) : ''].filter((part) => part !== '').join(' · ');
  }
  if (path === 'whenMissing') {
    const { policy, value: branch } = membersOf(value);
    return `${words.lookup(`rules.missing.${String(policy)}`, String(policy))}${branch === undefined ? '' : ` (${valueWords(branch, '', new Map(), words)})`}`;
  }
  if (isLocalizedText(value)) return words.of(value);
  // Of the document, not of a fact: as it was written.
  if (typeof value === 'string') return value;
  return valueWords(value, '', new Map(), words);
}

/** `级别`, `提示文字（英文）`, `输出 dose`; a field without a word by its path. */
function fieldLabel(kind: EntryKind | 'document', path: string, { t, lookup }: Words): string {
  const parts = path.split('.');
  const last = parts.at(-1) ?? '';
  const own = parts.slice(0, 2).join('.');
  if (path.startsWith('event.params.')) return t('rules.field.output', { name: parts.slice(2).join('.') });
  if (parts[0] === 'annotations' && kind === 'rules' && parts.length > 1) return t('rules.field.annotation', { name: parts.slice(1).join('.') });
  if (kind === 'document' && parts[0] === 'conditions') return t('rules.field.named', { name: parts[1] ?? '' });
  const word = lookup(`rules.field.${own}`, lookup(`rules.field.${parts[0] ?? ''}`, path));
  const language = parts.length > 1 ? lookup(`rules.language.${last}`, '') : '';
  return language === '' ? word : t('rules.field.inLanguage', { word, language });
}

function valueAt(value: unknown, path: string): unknown {
  let found = value;
  for (const part of path.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, part)) return undefined;
    found = (found as Members)[part];
  }
  return found;
}
