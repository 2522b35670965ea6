import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const distFolder = join(root, 'designer/dist');
const stampFile = join(distFolder, '.sources');

/** Builds the web app when something that goes into it changed. Returns whether it had to. */
export async function buildWebApp(progress: (message: string) => void): Promise<boolean> {
  const hash = hashSources();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hash) return false;
  progress('Building the web app …');
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  // Beside the one that may be in use, and put in its place whole: two starts may build at once.
  const unfinished = join(root, `designer/.build-${process.pid}`);
  const child = spawn(process.execPath, [vite, 'build', '--config', 'designer/vite.config.ts', '--outDir', join(unfinished, 'dist'), '--emptyOutDir', '--logLevel', 'warn'], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NODE_OPTIONS: '', NODE_ENV: 'production' } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  // A stopped start must not leave a build behind.
  const kill = () => {
    child.kill('SIGKILL');
    rmSync(unfinished, { recursive: true, force: true });
  };
  process.once('exit', kill);
  const code = await new Promise<number | string | null>((resolve) => child.on('error', (error) => resolve(error.message)).on('close', resolve));
  process.off('exit', kill);
  if (code !== 0) {
    rmSync(unfinished, { recursive: true, force: true });
    throw new Error(`${output.trim()}\nExpected the web app to build, but it failed (${code}). The lines above say why.`);
  }
  writeFileSync(join(unfinished, 'dist/.sources'), hash);
  if (existsSync(distFolder)) renameSync(distFolder, join(unfinished, 'replaced'));
  renameSync(join(unfinished, 'dist'), distFolder);
  rmSync(unfinished, { recursive: true, force: true });
  return true;
}

/** The engine, the rules and what recognises files run in the browser too, so they are part of it. */
function hashSources(): string {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  for (const folder of ['designer', 'engine', 'rules', 'gateway/uploads']) addFolder(hash, folder);
  return hash.digest('hex');
}

function addFolder(hash: ReturnType<typeof createHash>, folder: string): void {
  const entries = readdirSync(join(root, folder), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      if (path !== 'designer/dist' && !path.startsWith('designer/.build-')) addFolder(hash, path);
    } else if (!/\.test\.tsx?$/.test(entry.name)) {
      hash.update(path).update('\0').update(readFileSync(join(root, path)));
    }
  }
}
