import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { advisoriesOf } from '../dependencies/advisories.ts';
import { checkTree, policySchema, type DependencyPolicy } from '../dependencies/check-tree.ts';
import { isAllowed, parseLicence } from '../dependencies/licence-expression.ts';
import { readTree, type DependencyTree, type LockedPackage } from '../dependencies/read-tree.ts';
import { summaryOf, withSummary } from '../dependencies/summary.ts';

const root = join(import.meta.dirname, '../..');
const policy = policySchema.parse(JSON.parse(readFileSync(join(root, 'tests/dependencies/policy.json'), 'utf8')));
const strict: DependencyPolicy = { about: '', allowedLicences: ['MIT', 'ISC'], licenceExceptions: [], pinned: { reason: 'a reason to pin', packages: [] }, installScripts: [] };

const locked = (more: Partial<LockedPackage> = {}): LockedPackage => ({ path: 'a', name: 'a', version: '1.0.0', licence: 'MIT', hasIntegrity: true, isDevelopmentOnly: false, hasInstallScript: false, ...more });
const treeOf = (each: LockedPackage, more: Partial<DependencyTree> = {}): DependencyTree => ({ packages: [each], direct: {}, allowScripts: {}, readFile: () => undefined, ...more });
const codesOf = (tree: DependencyTree, more: Partial<DependencyPolicy> = {}) => checkTree(tree, { ...strict, ...more }).findings.map(({ code }) => code);

describe('the packages of the product', () => {
  const checked = checkTree(readTree(root), policy);

  it('keep to the policy', () => {
    expect(checked.findings).toEqual([]);
    expect(checked.packages.length).toBeGreaterThan(500);
  });

  it('are summed up in docs/dependencies.md as they are (npm run -s licences -- --write)', () => {
    const document = readFileSync(join(root, 'docs/dependencies.md'), 'utf8');

    expect(withSummary(document, summaryOf(checked, policy))).toBe(document);
  });
});

describe('the policy', () => {
  it.each([
    ['GPL-3.0-only', 'LICENCE_NOT_ALLOWED'], ['AGPL-3.0-or-later', 'LICENCE_NOT_ALLOWED'], ['SSPL-1.0', 'LICENCE_NOT_ALLOWED'], ['MIT AND GPL-2.0-only', 'LICENCE_NOT_ALLOWED'],
    ['GPL-2.0-only WITH Classpath-exception-2.0', 'LICENCE_NOT_ALLOWED'], ['SEE LICENSE IN LICENSE.md', 'LICENCE_UNKNOWN'], ['MIT and ISC', 'LICENCE_UNKNOWN'], ['', 'LICENCE_UNKNOWN'],
  ])('finds %s in what ships', (licence, code) => {
    expect(codesOf(treeOf(locked({ licence })))).toEqual([code]);
    expect(codesOf(treeOf(locked({ licence, isDevelopmentOnly: true })))).toEqual([]);
  });

  it('finds a package without a licence', () => {
    const { licence: _licence, ...nameless } = locked();

    expect(codesOf(treeOf(nameless))).toEqual(['LICENCE_MISSING']);
  });

  it('takes one of several that are offered', () => {
    expect(codesOf(treeOf(locked({ licence: '(GPL-3.0-only OR MIT)' })))).toEqual([]);
    expect(codesOf(treeOf(locked({ licence: '(GPL-3.0-only OR MIT) AND ISC' })))).toEqual([]);
  });

  it('takes an exception for what it names alone, and finds one that nothing needs', () => {
    const licenceExceptions = [{ packages: ['a'], licence: 'EPL-2.0', reason: 'a reason for it' }];

    expect(codesOf(treeOf(locked({ licence: 'EPL-2.0 OR GPL-3.0-or-later' })), { licenceExceptions })).toEqual([]);
    expect(codesOf(treeOf(locked({ licence: 'AGPL-3.0-only' })), { licenceExceptions })).toEqual(['LICENCE_NOT_ALLOWED']);
    expect(codesOf(treeOf(locked({ path: 'b', name: 'b', licence: 'EPL-2.0' })), { licenceExceptions })).toEqual(['LICENCE_NOT_ALLOWED', 'EXCEPTION_UNUSED']);
  });

  it('reads the licence of a package that names none, and finds it when it became another', () => {
    const licenceExceptions = [{ packages: ['a'], licence: 'MIT', licenceFile: 'LICENSE', mark: 'MIT', reason: 'a reason for it' }];
    const { licence: _licence, ...nameless } = locked();

    expect(codesOf(treeOf(nameless, { readFile: () => 'The MIT License' }), { licenceExceptions })).toEqual([]);
    expect(codesOf(treeOf(nameless, { readFile: () => 'GNU' }), { licenceExceptions })).toEqual(['LICENCE_FILE_DIFFERS']);
    expect(codesOf(treeOf(nameless), { licenceExceptions })).toEqual(['LICENCE_FILE_DIFFERS']);
  });

  it('finds a range where there must be one version', () => {
    const pinned = { reason: 'a reason to pin', packages: ['a', '@b/*'] };

    expect(codesOf(treeOf(locked(), { direct: { a: '1.0.0', '@b/c': '1.0.0-beta.1' } }), { pinned })).toEqual([]);
    expect(codesOf(treeOf(locked(), { direct: { a: '^1.0.0', '@b/c': '*' } }), { pinned })).toEqual(['NOT_PINNED', 'NOT_PINNED']);
    expect(codesOf(treeOf(locked(), { direct: { a: '1.0.0' } }), { pinned })).toEqual(['EXCEPTION_UNUSED']);
  });

  it('finds scripts at installation that nobody decided about, and ones that are allowed against the policy', () => {
    const installScripts = [{ packages: ['a'], isAllowed: false, reason: 'a reason against it' }];

    expect(codesOf(treeOf(locked({ hasInstallScript: true })))).toEqual(['INSTALL_SCRIPT_UNDECIDED']);
    expect(codesOf(treeOf(locked({ hasInstallScript: true })), { installScripts })).toEqual([]);
    expect(codesOf(treeOf(locked(), { allowScripts: { a: true } }), { installScripts })).toEqual(['INSTALL_SCRIPT_ALLOWED']);
  });

  it('finds a lock that names a source, without repeating what stands in it, or that has no hash', () => {
    const { findings } = checkTree(treeOf(locked({ resolved: 'https://user.example/a.tgz?token=abc', hasIntegrity: false })), strict);

    expect(findings.map(({ code }) => code)).toEqual(['SOURCE_NAMED', 'INTEGRITY_MISSING']);
    expect(JSON.stringify(findings)).not.toContain('abc');
  });
});

describe('a licence expression', () => {
  it.each(['MIT OR', 'AND MIT', '(MIT', 'MIT)', 'MIT ISC', 'MIT WITH'])('is none: %s', (text) => {
    expect(parseLicence(text)).toBeUndefined();
  });

  it('binds AND more than OR', () => {
    const expression = parseLicence('A AND B OR C');

    expect(expression && [['A'], ['A', 'B'], ['C']].map((allowed) => isAllowed(expression, new Set(allowed)))).toEqual([false, true, true]);
  });
});

describe('known weaknesses', () => {
  const answer = (high: number) => JSON.stringify({ metadata: { vulnerabilities: { info: 0, low: 1, moderate: 2, high, critical: 0 } } });

  it('are grave from high on', () => {
    expect(advisoriesOf({ output: answer(0), timedOut: false })).toEqual({ sentence: 'Known weaknesses of what ships: 0 critical, 0 high, 2 moderate, 1 low', isGrave: false });
    expect(advisoriesOf({ output: answer(1), timedOut: false }).isGrave).toBe(true);
  });

  it('are unknown, not absent, when nobody answers', () => {
    for (const output of ['', '{"error":{"code":"ENOAUDIT"}}', '<html>']) expect(advisoriesOf({ output, timedOut: output === '' })).toMatchObject({ sentence: expect.stringContaining('not available') as string, isGrave: false });
  });
});
