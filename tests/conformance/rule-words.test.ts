import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { knownCode, readerOf } from '#rule-words';
import { ruleSetDocumentSchema, type RuleSetDocument } from '#rules';

const root = join(import.meta.dirname, '../..');
const folders = (path: string): readonly string[] => readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => join(path, name));
const files = [
  ...folders(join(root, 'processes')).map((folder) => join(folder, 'rules')).filter(existsSync).flatMap((folder) => readdirSync(folder).map((name) => join(folder, name))),
  ...folders(join(root, 'rules/library')).map((folder) => join(folder, 'rule-set.json')),
];
const documents = files.map((path): RuleSetDocument => ruleSetDocumentSchema.parse(JSON.parse(readFileSync(path, 'utf8'))));

/** Every text that a condition compares a fact with. */
function comparedCodes(part: unknown): readonly (readonly [fact: string, code: string])[] {
  if (Array.isArray(part)) return part.flatMap(comparedCodes);
  if (typeof part !== 'object' || part === null) return [];
  const { fact, operator, value } = part as { readonly fact?: unknown; readonly operator?: unknown; readonly value?: unknown };
  // What satisfies is a test in FEEL, no code.
  if (typeof fact === 'string') return operator === 'satisfies' ? [] : [value].flat().filter((each) => typeof each === 'string').map((each) => [fact, each] as const);
  return Object.values(part).flatMap(comparedCodes);
}

it.each(documents.map((document) => [document.key, document] as const))('rule set %s compares no code that has no words', (_key, document) => {
  const readers = [readerOf('zh-CN', 'Asia/Shanghai'), readerOf('en', 'Asia/Shanghai')];
  const codes = comparedCodes(document.rules.map(({ conditions }) => conditions));

  const wordless = codes.filter(([fact, code]) => readers.some((reader) => knownCode(fact, code, reader) === undefined));

  // A unit that is written as it is printed needs no words of its own.
  expect(wordless.filter(([fact]) => fact !== 'unit')).toEqual([]);
});
