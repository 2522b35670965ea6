import { spawn } from 'node:child_process';

/** What npm answered; `timedOut` when it did not within its time. */
export interface NpmAnswer {
  readonly output: string;
  readonly timedOut: boolean;
}

/** Runs npm in the product's folder. */
export function npm(root: string, args: readonly string[], timeoutMs: number): Promise<NpmAnswer> {
  // As a script of npm's, this one was given npm's own path.
  const own = process.env['npm_execpath'];
  const [program, ...first] = own?.endsWith('.js') ? [process.execPath, own] : ['npm'];
  const child = spawn(program ?? 'npm', [...first, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, NODE_OPTIONS: '' } });
  return new Promise((resolve) => {
    let output = '';
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill('SIGKILL');
    }, timeoutMs);
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', () => undefined);
    child.on('close', () => {
      clearTimeout(timer);
      resolve({ output, timedOut });
    });
  });
}
