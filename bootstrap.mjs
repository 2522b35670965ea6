/**
 * The one entry of `npm start`, `npm test` and `npm run careloop`: makes a fresh clone able to run, then
 * runs. Has no dependency of its own. Everything it says goes to stderr: stdout belongs to the command.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));
const say = (message) => process.stderr.write(`${message}\n`);

/** One sentence for a person, then the end. */
function fail(message) {
  say(message);
  process.exit(1);
}

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  fail(`Expected Node.js 20.19 or newer, but this is ${process.versions.node}. Install a current one from https://nodejs.org/ (24 is recommended) and start again.`);
}

const packagesOf = (file) => JSON.parse(readFileSync(join(root, file), 'utf8')).packages;
const locked = packagesOf('package-lock.json');

/** Whether node_modules holds exactly what package-lock.json names, leaving out what is for other systems. */
function isInstalled() {
  try {
    const installed = packagesOf('node_modules/.package-lock.json');
    const isSame = (path) => installed[path].version === locked[path].version && installed[path].integrity === locked[path].integrity;
    const isLeftOut = (path) => locked[path].optional === true || locked[path].devOptional === true || locked[path].peer === true;
    return Object.keys(locked).every((path) => path === '' || (path in installed ? isSame(path) : isLeftOut(path)));
  } catch {
    return false;
  }
}

/** Runs a program quietly; when it fails, shows what it said. Shows that it is still at work. */
async function runQuietly(title, command, args, environment = {}) {
  const begun = Date.now();
  const elapsed = () => `${Math.round((Date.now() - begun) / 1000)} s`;
  say(`${title} …`);
  const timer = setInterval(() => say(`  … ${elapsed()}`), 10_000);
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NODE_OPTIONS: '', ...environment } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const code = await new Promise((resolve) => child.on('error', (error) => resolve(error.message)).on('close', resolve));
  clearInterval(timer);
  if (code !== 0) fail(`${output.trim()}\n${title} failed (${code}). The lines above say why; correct that and start again.`);
  say(`${title}: done in ${elapsed()}.`);
}

/** Lets one process at a time prepare this clone; a lock whose owner is gone is taken over. */
async function withLock(action) {
  const lock = join(tmpdir(), `careloop-prepare-${createHash('sha256').update(root).digest('hex').slice(0, 16)}.lock`);
  for (let isTold = false; ; ) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      let isOwnerAlive = true;
      try {
        const owner = Number(readFileSync(lock, 'utf8'));
        // An owner that has not written its pid yet is alive.
        if (owner > 0) process.kill(owner, 0);
      } catch (reason) {
        isOwnerAlive = reason.code === 'EPERM';
      }
      if (!isOwnerAlive) {
        rmSync(lock, { force: true });
        continue;
      }
      if (!isTold) say('Another process is preparing this clone; waiting for it …');
      isTold = true;
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  }
  try {
    await action();
  } finally {
    rmSync(lock, { force: true });
  }
}

const generated = join(root, 'gateway/prisma/generated');
const generators = ['prisma', '@pothos/plugin-prisma'].map((name) => `${name}@${locked[`node_modules/${name}`].version}`);
const schemaHash = createHash('sha256').update(readFileSync(join(root, 'gateway/prisma/schema.prisma'))).update(generators.join()).digest('hex');
const isGenerated = () => existsSync(join(generated, '.schema-hash')) && readFileSync(join(generated, '.schema-hash'), 'utf8') === schemaHash;

if (!isInstalled() || !isGenerated()) {
  await withLock(async () => {
    if (!isInstalled()) {
      // As a script of npm's, this one was given npm's own path.
      const npm = process.env.npm_execpath?.endsWith('.js') ? [process.execPath, process.env.npm_execpath] : [process.platform === 'win32' ? 'npm.cmd' : 'npm'];
      await runQuietly('Installing the packages', npm[0], [...npm.slice(1), 'ci', '--loglevel', 'error', '--no-audit', '--no-fund', '--prefer-offline']);
    }
    if (!isGenerated()) {
      // `generate` only looks whether the schema engine exists: any file will do, and nothing is downloaded.
      await runQuietly('Generating the database client', process.execPath, [join(root, 'node_modules/prisma/build/index.js'), 'generate', '--config', 'gateway/prisma/prisma.config.ts'], {
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        PATH: [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter),
        CHECKPOINT_DISABLE: '1',
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
      });
      mkdirSync(generated, { recursive: true });
      writeFileSync(join(generated, '.schema-hash'), schemaHash);
    }
  });
}

const [command = '--help', ...rest] = process.argv.slice(2);
const entry = { test: 'tests/run.mjs', bench: 'bench/main.ts', clauses: 'tests/clauses/main.ts', licences: 'tests/dependencies/main.ts' }[command];
process.argv = [process.argv[0], join(root, entry ?? 'cli/main.ts'), ...(entry === undefined ? [command, ...rest] : rest)];
const { register } = await import('tsx/esm/api');
register();
await import(new URL(entry ?? 'cli/main.ts', import.meta.url).href);
