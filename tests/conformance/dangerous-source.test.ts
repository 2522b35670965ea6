import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const folders = ['audit', 'rules', 'engine', 'workflows', 'activities', 'gateway', 'designer/src', 'cli', 'simulators'];

interface SourceRule {
  readonly what: string;
  readonly pattern: RegExp;
  /** Files that may, or folders that end with a slash, with the reason. */
  readonly allowed: Readonly<Record<string, string>>;
}

/** What is dangerous wherever it stands, and the places that have looked at it. A copy that has not all of these places is not wrong. */
const rules: readonly SourceRule[] = [
  { what: 'text run as code', pattern: /\beval\(|\bnew Function\(|from 'node:vm'|runInContext\(/, allowed: {} },
  { what: 'HTML written into a page', pattern: /dangerouslySetInnerHTML|\.(?:inner|outer)HTML\b|insertAdjacentHTML|document\.write\(/, allowed: {} },
  { what: 'programs started', pattern: /from 'node:child_process'/, allowed: { 'cli/start/': 'the supervisor starts its parts and the build', 'cli/servers/': 'embedded servers, with fixed arguments' } },
  { what: 'a shell between', pattern: /shell: true|\bexec\(['"`]|execSync\(/, allowed: {} },
  {
    what: 'hashes that are broken', pattern: /create(?:Hash|Hmac)\('(?:md5|sha1|ripemd160)'/,
    allowed: { 'gateway/identity/one-time-code.ts': 'RFC 6238: HMAC-SHA-1 is what every authenticator has', 'gateway/identity/passwords/breached-passwords.ts': 'the list of stolen passwords has this form; nothing is kept by it' },
  },
  { what: 'ciphers beside AES-256-GCM', pattern: /createCipheriv\('(?!aes-256-gcm')/, allowed: {} },
  { what: 'random numbers that can be guessed', pattern: /Math\.random\(/, allowed: { 'simulators/': 'a simulated device need not be a secret' } },
  { what: 'messages of other windows', pattern: /window\.addEventListener\('message'|window\.onmessage|\.postMessage\([^)]*,\s*'\*'/, allowed: {} },
  { what: 'certificates that are not checked', pattern: /rejectUnauthorized:\s*false|NODE_TLS_REJECT_UNAUTHORIZED/, allowed: { 'gateway/http/tls-server.ts': 'a client without a certificate may still ask for what needs none; whoever proves itself by one is checked' } },
  {
    what: 'what a browser keeps', pattern: /\b(?:localStorage|sessionStorage|indexedDB)\b/,
    allowed: {
      'designer/src/bedside/': 'the settings of the scanner', 'designer/src/patient-access/find-patient-page.tsx': 'the settings of the scanner', 'designer/src/i18n/i18n.ts': 'the language',
      'designer/src/session/shared-device.ts': 'whether several people share the device', 'designer/src/main.tsx': 'forgets old drafts',
      'designer/src/session/viewer.tsx': 'where drafts lie, encrypted with the key of the person', 'designer/src/tasks/drafts.ts': 'its interface, which the encrypted drafts have too',
    },
  },
  {
    what: 'patterns made of texts', pattern: /new RegExp\((?!['"`/])/,
    allowed: { 'rules/feel/standard/xpath-pattern.ts': 'translates a pattern that was checked and bounded', 'activities/json-rules/path-guard.ts': 'only tries whether it is one', 'gateway/cds-hooks/substances.ts': 'names of our own list' },
  },
  {
    what: 'SQL without the mark of parameters', pattern: /\$(?:query|execute)RawUnsafe\(/,
    allowed: { 'gateway/rule-sets/': 'fixed texts of ours with $1, $2', 'gateway/patient-access/': 'fixed texts of ours with $1, $2', 'gateway/people/': 'fixed texts of ours with $1, $2', 'gateway/identity/clients/administer.ts': 'fixed texts of ours with $1, $2', 'gateway/identity/': 'fixed texts of ours with $1, $2' },
  },
];

const sources = folders.flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(?:tsx?|mjs)$/.test(path) && !/\.test\.tsx?$|(?:^|\/)(?:generated|testing)\/|(?:^|\/)test-[^/]*$/.test(path))
    .map((path) => ({ path: `${folder}/${path}`, text: readFileSync(join(root, folder, path), 'utf8') })),
);

const isAllowed = (path: string, allowed: SourceRule['allowed']): boolean => Object.keys(allowed).some((place) => (place.endsWith('/') ? path.startsWith(place) : path === place));

describe('the sources', () => {
  it('are all looked at', () => {
    expect(sources.length).toBeGreaterThan(800);
    expect(folders.filter((folder) => !existsSync(join(root, folder)))).toEqual([]);
  });

  it.each(rules.map((rule) => [rule.what, rule] as const))('have no %s but where somebody looked at it', (_what, { pattern, allowed }) => {
    expect(sources.filter(({ path, text }) => pattern.test(text) && !isAllowed(path, allowed)).map(({ path }) => path)).toEqual([]);
  });

  it.each([
    ['eval(text)', 0], ['<p dangerouslySetInnerHTML={{ __html: text }} />', 1], ["import { exec } from 'node:child_process'", 2], ["spawn('ls', { shell: true })", 3], ["createHash('md5')", 4], ["createCipheriv('aes-256-cbc', key)", 5],
    ['Math.random()', 6], ["window.addEventListener('message', f)", 7], ['{ rejectUnauthorized: false }', 8], ['window.localStorage.setItem(a, b)', 9], ['new RegExp(text)', 10], ['prisma.$queryRawUnsafe(text)', 11],
  ])('would be found with %s', (text, rule) => {
    expect(rules[rule]?.pattern.test(text)).toBe(true);
  });
});
