import { useSyncExternalStore } from 'react';

interface Ticker {
  readonly subscribe: (listener: () => void) => () => void;
  readonly snapshot: () => number;
}

function tickerEvery(intervalMs: number): Ticker {
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setInterval> | undefined;
  let current = Date.now();
  return {
    subscribe(listener) {
      listeners.add(listener);
      current = Date.now();
      timer ??= setInterval(() => {
        current = Date.now();
        for (const each of listeners) each();
      }, intervalMs);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0 && timer !== undefined) {
          clearInterval(timer);
          timer = undefined;
        }
      };
    },
    snapshot: () => current,
  };
}

const everySecond = tickerEvery(1_000);
const everyTenSeconds = tickerEvery(10_000);

/** The time now in milliseconds, fresh every 10 s (or every second), shared by all components. */
export function useNow(fine = false): number {
  const ticker = fine ? everySecond : everyTenSeconds;
  return useSyncExternalStore(ticker.subscribe, ticker.snapshot);
}
