/**
 * `npm test`: lint, types, dependency rules, then every jest project, but for a few long browser tests. The last line is `N passed, N failed`.
 * `--long` runs the same properties and faults at full counts; `--project NAME` (repeatable) runs only that
 * jest project and no static check; other words are file patterns for jest.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { locateTemporalCli, locateTimeSkippingServer } from '../cli/servers/temporal-binary.ts';
import { summarise } from './support/summarise.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values, positionals } = parseArgs({ allowPositionals: true, options: { long: { type: 'boolean', default: false }, project: { type: 'string', multiple: true, default: [] } } });
const isPartial = values.project.length > 0 || positionals.length > 0;
const begun = Date.now();
const say = (message) => process.stderr.write(`[${String(Math.round((Date.now() - begun) / 1000)).padStart(4)} s] ${message}\n`);
const results = mkdtempSync(join(tmpdir(), 'careloop-test-results-'));
const running = new Set();

// The servers that the tests share belong to this process and end with it, whatever happens to jest.
process.env.CARELOOP_TEST_OWNER = String(process.pid);
// Full counts are for `npm run test:long`; without it each test keeps its own small number.
if (values.long) {
  process.env.CARELOOP_PROPERTY_RUNS ??= '100000';
  process.env.CARELOOP_FAULT_RUNS ??= '25';
  process.env.CARELOOP_LOOP_ROUNDS ??= '5000';
  process.env.CARELOOP_LANGUAGE_CASES ??= 'all';
}

for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143]]) {
  process.on(signal, () => {
    for (const child of running) child.kill('SIGKILL');
    rmSync(results, { recursive: true, force: true });
    process.exit(code);
  });
}

/** Runs one of our tools with Node; resolves with its exit code, or null when it took too long. */
function run(args, { quiet = false, timeoutMs = 600_000, env = {} } = {}) {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'], env: { ...process.env, ...env } });
  running.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk));
  const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
  return new Promise((resolve) => {
    child.on('close', (code) => {
      clearTimeout(timer);
      running.delete(child);
      resolve({ code, output });
    });
  });
}

const bin = (path) => join(root, 'node_modules', path);
const folders = ['audit', 'engine', 'rules', 'workflows', 'activities', 'gateway', 'designer', 'simulators', 'cli', 'bench', 'tests'];

/** Each counts as one test. */
const checks = [
  { name: 'lint', args: [bin('eslint/bin/eslint.js'), '.', '--max-warnings', '0'] },
  { name: 'types', args: [bin('typescript/bin/tsc'), '--noEmit'] },
  {
    name: 'dependency rules',
    args: [bin('dependency-cruiser/bin/dependency-cruise.mjs'), '--config', '.dependency-cruiser.cjs', ...folders],
    // With a compiler that it does not know, it reads nothing and is content.
    isSound: (output) => Number(/(\d+) modules/.exec(output)?.[1] ?? 0) > 100,
  },
];

async function runCheck(check) {
  const start = Date.now();
  const { code, output } = await run(check.args, { quiet: true });
  const isPassed = code === 0 && (check.isSound?.(output) ?? true);
  say(`${isPassed ? 'PASS' : 'FAIL'} ${check.name} (${Math.round((Date.now() - start) / 1000)} s)`);
  if (!isPassed) process.stderr.write(`${output.trim()}\n`);
  return { name: check.name, passed: isPassed ? 1 : 0, failed: isPassed ? 0 : 1, skipped: 0 };
}

/** Browser tests for which a whole run has no time: `--long` and `--project e2e` run them. What they click is tested without a browser as well. */
const longBrowserTests = ['rule-files', 'rule-life', 'rule-trials'];

/** Two files at a time; three where they mostly wait for servers, which they share (tests/support). Browser tests have a product of their own each. */
const jestRuns = [
  { projects: ['unit', 'conformance'], args: ['--maxWorkers=2'] },
  { projects: ['integration'], args: ['--maxWorkers=3', '--forceExit'], testTimeoutMs: 120_000 },
  { projects: ['e2e'], args: ['--runInBand', '--forceExit', ...(values.long || isPartial ? [] : ['--testPathIgnorePatterns', `tests/e2e/(${longBrowserTests.join('|')})\\.test`])], testTimeoutMs: 120_000 },
];

async function runJest({ projects, args, testTimeoutMs = 5_000 }) {
  const wanted = values.project.length === 0 ? projects : projects.filter((project) => values.project.includes(project));
  if (wanted.length === 0) return undefined;
  const name = wanted.join(' and ');
  say(`Running ${name} tests …`);
  const file = join(results, `${wanted[0]}.json`);
  const patience = `--testTimeout=${values.long ? 3_600_000 : testTimeoutMs}`;
  const { code } = await run([bin('jest/bin/jest.js'), ...positionals, ...args, patience, '--json', `--outputFile=${file}`, '--passWithNoTests', '--selectProjects', ...wanted], {
    env: { NODE_OPTIONS: '--experimental-vm-modules --no-warnings', FORCE_COLOR: '0' },
    timeoutMs: values.long ? 7_200_000 : 840_000,
  });
  const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  const counts = summarise(report, code, { mayBeEmpty: isPartial });
  if (counts.remark !== undefined) say(counts.remark);
  for (const title of counts.skippedTitles) say(`skipped: ${title}`);
  say(`${name}: ${counts.passed} passed, ${counts.failed} failed${counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''}`);
  return { name, ...counts };
}

// Fetched beside the static checks, so that no test waits for a download.
const programs = Promise.allSettled([locateTemporalCli(say), locateTimeSkippingServer(say)]);

const outcomes = [];
if (!isPartial) {
  const [lint, types, dependencyRules] = checks;
  // Two at a time: that is what a small machine has.
  outcomes.push(...(await Promise.all([runCheck(lint), runCheck(types).then(async (first) => [first, await runCheck(dependencyRules)])])).flat());
}
for (const outcome of await programs) if (outcome.status === 'rejected') say(outcome.reason.message);
for (const jestRun of jestRuns) outcomes.push(await runJest(jestRun));
if (!values.long && !isPartial) say(`Not in this run, but in npm run test:long: the browser tests ${longBrowserTests.join(', ')}`);
rmSync(results, { recursive: true, force: true });

const total = (count) => outcomes.filter(Boolean).reduce((sum, outcome) => sum + outcome[count], 0);
if (total('skipped') > 0) say(`${total('skipped')} skipped; the lines above name them.`);
say(`Took ${Math.round((Date.now() - begun) / 1000)} s.`);
// After everything that was written to stderr, also when both go to one file.
process.stdout.write(`${total('passed')} passed, ${total('failed')} failed\n`);
process.exitCode = total('failed') === 0 ? 0 : 1;
