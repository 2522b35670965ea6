import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkClauses, rowsOf, sourcesOf } from '../clauses/check-clauses.ts';
import { readClauses, type Clause, type Clauses } from '../clauses/read-clauses.ts';
import { pagesOf, withSummary } from '../clauses/write-clauses.ts';

const root = join(import.meta.dirname, '../..');
const clauses = readClauses(root);

describe('what is said of ASVS and MLPS-3', () => {
  it('has each clause once, and of the product a test that is there or an exception', () => {
    expect(checkClauses(clauses, sourcesOf(root)).map(({ message }) => message)).toEqual([]);
  });

  it('knows as many clauses as the standards have', () => {
    const levels = Object.values(clauses.requirements.asvs);

    expect([levels.filter((level) => level === 1).length, levels.filter((level) => level === 2).length]).toEqual([70, 183]);
    expect(new Set(clauses.requirements.mlps).size).toBe(211);
  });

  it('stands in the pages as it is (npm run -s clauses -- --write)', () => {
    const read = (file: string): string => readFileSync(join(root, 'docs', file), 'utf8');
    const { asvs, mlps, summary } = pagesOf(clauses);

    expect(read('security/asvs-5.0.md')).toBe(asvs);
    expect(read('security/mlps-3.md')).toBe(mlps);
    expect(withSummary(read('security.md'), summary)).toBe(read('security.md'));
  });

  it('gives a reason for each exception, or leads to one', () => {
    const short = [...rowsOf(clauses.asvs), ...rowsOf(clauses.mlps)].filter(([, clause]) => 'exception' in clause && clause.exception !== undefined && clause.exception.length < 20 && !/(?:^As [a-j]\)|as \d)/.test(clause.exception));

    expect(short).toEqual([]);
  });
});

describe('the check of clauses', () => {
  const row: Clause = { who: ['product'], done: 'something', tests: ['limits › refuses'] };
  const planted = (clause: Clause, more: Partial<Clauses> = {}): string[] => {
    const given: Clauses = { asvs: { V1: { '1.1.1': clause } }, mlps: {}, requirements: { asvs: { '1.1.1': 1 }, mlps: [] }, testFiles: { limits: 'limits.test.ts' }, ...more };
    return checkClauses(given, (path) => (path === 'limits.test.ts' ? "it('refuses what is too deep', …); it('lets what refuses pass'); // it isn\\'t" : undefined)).map(({ code }) => code);
  };

  it('is content with a row whose test is there', () => {
    expect(planted(row)).toEqual([]);
  });

  const wrong: readonly (readonly [string, Clause, Partial<Clauses>])[] = [
    ['WITHOUT_PROOF', { ...row, tests: [] }, { testFiles: {} }],
    ['TEST_FILE_MISSING', row, { testFiles: { limits: 'gone.test.ts' } }],
    ['TEST_NAME_UNKNOWN', { ...row, tests: ['limits › refuses', 'other'] }, {}],
    ['TEST_TITLE_MISSING', { ...row, tests: ['limits › what refuses'] }, {}],
    ['TEST_NAME_UNUSED', row, { testFiles: { limits: 'limits.test.ts', other: 'limits.test.ts' } }],
    ['CLAUSE_MISSING', row, { requirements: { asvs: { '1.1.1': 1, '1.1.2': 2 }, mlps: [] } }],
    ['CLAUSE_UNKNOWN', row, { mlps: { other: { '9.9': { who: ['hospital'], done: '', tests: [] } } } }],
    ['CLAUSE_TWICE', row, { asvs: { V1: { '1.1.1': row }, V2: { '1.1.1': row } } }],
  ];

  it.each(wrong)('finds %s', (code, clause, more) => {
    expect(planted(clause, more)).toEqual([code]);
  });

  it('takes an exception in the place of a test, and asks nothing of what others answer for', () => {
    expect(planted({ who: ['product'], done: 'something', tests: ['limits'], exception: 'not there yet' })).toEqual([]);
    expect(planted({ who: ['product', 'hospital'], done: 'something', tests: [], exception: 'not there yet' }, { testFiles: {} })).toEqual([]);
    expect(planted({ who: ['hospital'], done: '', tests: [] }, { testFiles: {} })).toEqual([]);
    expect(planted({ notUsed: 'No such thing' }, { testFiles: {} })).toEqual([]);
  });
});
