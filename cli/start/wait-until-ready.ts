import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Settings } from '../../gateway/settings.ts';

const deadlineMs = 90_000;

/** Waits until the gateway says that all parts are up. Throws a sentence with what it said last. */
export async function waitUntilReady(settings: Pick<Settings, 'httpPort' | 'host' | 'tls'>, logFile: string): Promise<void> {
  const host = settings.host === '0.0.0.0' || settings.tls ? '127.0.0.1' : settings.host;
  const deadline = Date.now() + deadlineMs;
  let answer = 'it did not answer';
  while (Date.now() < deadline) {
    try {
      const response = await fetch(`http://${host}:${settings.httpPort}/readyz`, { signal: AbortSignal.timeout(3_000) });
      if (response.ok) return;
      answer = (await response.text()).slice(0, 500);
    } catch {
      // Not listening yet.
    }
    await sleep(100);
  }
  const lastLines = existsSync(logFile) ? readFileSync(logFile, 'utf8').trim().split('\n').slice(-5).join('\n') : '';
  throw new Error(`${lastLines}\nExpected all parts to be up within ${deadlineMs / 1000} s, but: ${answer}. See ${logFile} and the logs beside it.`);
}
