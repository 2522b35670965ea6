import { useSyncExternalStore } from 'react';

let sinceMs: number | undefined = navigator.onLine ? undefined : Date.now();

function subscribe(listener: () => void): () => void {
  const follow = (): void => {
    sinceMs = navigator.onLine ? undefined : (sinceMs ?? Date.now());
    listener();
  };
  window.addEventListener('online', follow);
  window.addEventListener('offline', follow);
  return () => {
    window.removeEventListener('online', follow);
    window.removeEventListener('offline', follow);
  };
}

/** Since when the device has had no network, ms; undefined while it has one. */
export function useOfflineSince(): number | undefined {
  return useSyncExternalStore(subscribe, () => sinceMs);
}
