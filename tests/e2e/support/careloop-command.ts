import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { TestInstallation } from '../../support/installation.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** What a command said and how it ended. */
export interface CommandOutcome {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** One thing that a simulator really did. */
export interface Effect {
  readonly system: string;
  readonly kind: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** `npm run -s careloop -- …` against one installation, as a person types it in a second terminal. */
export function commandLine(installation: TestInstallation) {
  const run = (...words: readonly string[]): Promise<CommandOutcome> =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, ['bootstrap.mjs', ...words], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NODE_OPTIONS: '', CARELOOP_DATA: installation.dataFolder } });
      let [stdout, stderr] = ['', ''];
      child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
      child.on('error', reject);
      child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
    });

  const his = async (...words: readonly string[]): Promise<string> => {
    const { exitCode, stdout, stderr } = await run('his', ...words);
    if (exitCode !== 0) throw new Error(`Expected "his ${words.join(' ')}" to succeed, but it ended with ${exitCode}: ${stderr}`);
    return stdout;
  };

  // `his effects --json` is the product's own output in this shape.
  const effects = async (): Promise<readonly Effect[]> => (JSON.parse(await his('effects', '--json')) as { effects: Effect[] }).effects;

  /** Asks again until the effects are as wanted; fails with what there was. */
  const untilEffects = async (isWanted: (effects: readonly Effect[]) => boolean, timeoutMs = 60_000): Promise<readonly Effect[]> => {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const found = await effects();
      if (isWanted(found)) return found;
      if (Date.now() > deadline) throw new Error(`Expected other effects within ${timeoutMs} ms, but there are ${JSON.stringify(found)}.`);
      await sleep(200);
    }
  };

  return { run, his, effects, untilEffects };
}
