import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clause, Clauses, Standard } from './read-clauses.ts';

export interface ClauseFinding {
  readonly code: 'CLAUSE_MISSING' | 'CLAUSE_UNKNOWN' | 'CLAUSE_TWICE' | 'WITHOUT_PROOF' | 'TEST_NAME_UNKNOWN' | 'TEST_FILE_MISSING' | 'TEST_TITLE_MISSING' | 'TEST_NAME_UNUSED';
  readonly id: string;
  readonly message: string;
}

/** Reads a file of the product; undefined where there is none. */
export type ReadSource = (path: string) => string | undefined;

/** Checks that each clause has a row, that whatever is said of the product has a test or an exception, and that each named test is there. */
export function checkClauses({ asvs, mlps, requirements, testFiles }: Clauses, read: ReadSource): ClauseFinding[] {
  const used = new Set<string>();
  const rows = [...rowsOf(asvs), ...rowsOf(mlps)];
  const findings = [
    ...compareIds(rowsOf(asvs).map(([id]) => id), Object.keys(requirements.asvs)),
    ...compareIds(rowsOf(mlps).map(([id]) => id), requirements.mlps),
    ...rows.flatMap(([id, clause]) => checkRow(id, clause)),
    ...rows.flatMap(([id, clause]) => ('notUsed' in clause ? [] : clause.tests.flatMap((test) => checkTest(id, test, testFiles, read, used)))),
  ];
  const unused = Object.keys(testFiles).filter((name) => !used.has(name));
  return [...findings, ...unused.map((name): ClauseFinding => ({ code: 'TEST_NAME_UNUSED', id: name, message: `Expected a clause that names ${name} of tests.yaml, but none does` }))];
}

/** Reads below a folder. */
export function sourcesOf(root: string): ReadSource {
  return (path) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined);
}

/** The rows of a standard in their order. */
export function rowsOf(standard: Standard): [string, Clause][] {
  return Object.values(standard).flatMap((chapter) => Object.entries(chapter));
}

function compareIds(given: readonly string[], wanted: readonly string[]): ClauseFinding[] {
  const has = new Set(given);
  const known = new Set(wanted);
  return [
    ...wanted.filter((id) => !has.has(id)).map((id): ClauseFinding => ({ code: 'CLAUSE_MISSING', id, message: `Expected a row for ${id}, but there is none` })),
    ...given.filter((id) => !known.has(id)).map((id): ClauseFinding => ({ code: 'CLAUSE_UNKNOWN', id, message: `Expected ${id} to be a clause of the standard, but it is none` })),
    ...given.filter((id, index) => given.indexOf(id) !== index).map((id): ClauseFinding => ({ code: 'CLAUSE_TWICE', id, message: `Expected ${id} once, but it stands in two chapters` })),
  ];
}

function checkRow(id: string, clause: Clause): ClauseFinding[] {
  if ('notUsed' in clause || !clause.who.includes('product')) return [];
  if (clause.done !== '' && (clause.tests.length > 0 || clause.exception !== undefined)) return [];
  return [{ code: 'WITHOUT_PROOF', id, message: `Expected a test or an exception for what ${id} says of the product, but there is neither` }];
}

function checkTest(id: string, test: string, testFiles: Clauses['testFiles'], read: ReadSource, used: Set<string>): ClauseFinding[] {
  const [name = '', title] = test.split(' › ');
  const path = testFiles[name];
  used.add(name);
  if (path === undefined) return [{ code: 'TEST_NAME_UNKNOWN', id, message: `Expected ${name} in tests.yaml, but it is not there` }];
  const text = read(path)?.replaceAll("\\'", "'");
  if (text === undefined) return [{ code: 'TEST_FILE_MISSING', id, message: `Expected ${path}, but there is no such file` }];
  // A title begins with its quote, so that words within another title do not count.
  if (title === undefined || ["'", '`', '"'].some((quote) => text.includes(`${quote}${title}`))) return [];
  return [{ code: 'TEST_TITLE_MISSING', id, message: `Expected a test of ${path} whose title begins "${title}", but there is none` }];
}
