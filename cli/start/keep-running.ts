import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isStillRunning } from '../servers/process-identity.ts';
import { lastWords } from './last-words.ts';
import type { Part, RunningPart } from './part.ts';

const maxRestartsPerMinute = 5;
const backoffMs = (n: number) => 500 * 2 ** (n - 1);
const startGraceMs = 10_000;

/** Parts in the order in which they depend on each other, each restarted when it dies. */
export interface KeptParts {
  /** Starts a part and keeps it running from then on. */
  add(part: Part): Promise<RunningPart>;
  /** Resolves with a sentence once a part could not be kept running. */
  readonly givenUp: Promise<string>;
  /** Whether there is anything to end. */
  isEmpty(): boolean;
  /** Ends all parts, last added first. */
  stopAll(): Promise<void>;
}

export interface KeepRunningOptions {
  readonly onStarted: (part: Part, running: RunningPart) => void;
  /** `why` is a sentence with which it ended, where its log has one, and where to read more. */
  readonly onDied: (part: Part, restartInMs: number, why: string) => void;
  /** Where a person finds out why a part died. */
  readonly logFolder: string;
  readonly pollMs?: number;
  /** How long to wait before the nth restart within a minute. */
  readonly delayMs?: (n: number) => number;
}

/** A part that dies is started again after 0.5, 1, 2 … s; at most five times a minute, then it is given up. */
export function keepRunning(options: KeepRunningOptions): KeptParts {
  const stopping = new AbortController();
  const kept: { readonly part: Part; running: RunningPart; watch: Promise<void> }[] = [];
  let giveUp: (sentence: string) => void = () => undefined;
  const givenUp = new Promise<string>((resolve) => (giveUp = resolve));

  function whyOf(part: Part): string {
    const log = join(options.logFolder, `${part.name}.log`);
    const words = lastWords(log);
    return words === undefined ? `See ${log}.` : `${words} (${log})`;
  }

  async function watch(entry: (typeof kept)[number]): Promise<void> {
    let deaths: number[] = [];
    while (!stopping.signal.aborted) {
      await sleep(options.pollMs ?? 400);
      if (stopping.signal.aborted || isStillRunning(entry.running.process)) continue;
      const now = Date.now();
      deaths = [...deaths.filter((at) => now - at < 60_000), now];
      if (deaths.length > maxRestartsPerMinute) return giveUp(`Expected ${entry.part.name} to keep running, but it died ${deaths.length} times within a minute. ${whyOf(entry.part)}`);
      const delayMs = (options.delayMs ?? backoffMs)(deaths.length);
      options.onDied(entry.part, delayMs, whyOf(entry.part));
      await sleep(delayMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      try {
        entry.running = await entry.part.start();
        options.onStarted(entry.part, entry.running);
      } catch (error) {
        return giveUp(error instanceof Error ? error.message : String(error));
      }
    }
  }

  async function add(part: Part): Promise<RunningPart> {
    if (stopping.signal.aborted) throw new Error(`Expected to start ${part.name}, but everything is being ended.`);
    const running = await part.start();
    options.onStarted(part, running);
    const entry = { part, running, watch: Promise.resolve() };
    entry.watch = watch(entry);
    kept.push(entry);
    return running;
  }

  const starting = new Set<Promise<unknown>>();
  return {
    givenUp,
    add: (part) => {
      const started = add(part);
      starting.add(started);
      const forget = () => starting.delete(started);
      started.then(forget, forget);
      return started;
    },
    isEmpty: () => kept.length === 0 && starting.size === 0,
    stopAll: async () => {
      stopping.abort();
      // What is just starting must not outlive us; a download is not worth waiting for.
      await Promise.race([Promise.allSettled(starting), sleep(startGraceMs, undefined, { ref: false })]);
      for (const entry of [...kept].reverse()) {
        // A restart that is under way ends first, or its process would outlive us.
        await entry.watch;
        await entry.running.stop();
      }
    },
  };
}
