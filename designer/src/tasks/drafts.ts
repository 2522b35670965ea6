/** The part of `localStorage` that drafts need; pages keep theirs in `sealedDrafts`. */
export type DraftStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

export interface Draft {
  readonly savedAtMs: number;
  readonly data: Readonly<Record<string, unknown>>;
}

/** With which the names of all drafts begin. */
export const draftPrefix = 'careloop.draft.';
export const keptForMs = 24 * 3_600_000;
/** With which the names of a person's drafts begin. */
export const prefixOf = (personId: string): string => `${draftPrefix}${personId}.`;
const keyOf = (personId: string, taskId: string): string => `${prefixOf(personId)}${taskId}`;

/** Keeps what a person has entered, for that person and task alone, for 24 hours. */
export function saveDraft(store: DraftStore, personId: string, taskId: string, draft: Draft): void {
  try {
    store.setItem(keyOf(personId, taskId), JSON.stringify(draft));
  } catch {
    // A full or forbidden store must not stop the work; the input is still on the screen.
  }
}

/** The person's own draft, if it is not too old. */
export function readDraft(store: DraftStore, personId: string, taskId: string, nowMs: number): Draft | undefined {
  const draft = parse(store.getItem(keyOf(personId, taskId)));
  return draft !== undefined && nowMs - draft.savedAtMs < keptForMs ? draft : undefined;
}

/** Removes a draft once its task is completed. */
export function forgetDraft(store: DraftStore, personId: string, taskId: string): void {
  store.removeItem(keyOf(personId, taskId));
}

/** Removes all drafts of a person who leaves: the next one at the device must not find them. */
export function forgetDraftsOf(store: DraftStore, personId: string): void {
  for (const key of namesIn(store, prefixOf(personId))) store.removeItem(key);
}

/** The names that begin so, all at once: removing one moves the others. */
export function namesIn(store: DraftStore, prefix: string): readonly string[] {
  return Array.from({ length: store.length }, (_, index) => store.key(index) ?? '').filter((name) => name.startsWith(prefix));
}

function parse(text: string | null): Draft | undefined {
  if (text === null) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('savedAtMs' in value) || !('data' in value)) return undefined;
    const { savedAtMs, data } = value;
    if (typeof savedAtMs !== 'number' || typeof data !== 'object' || data === null || Array.isArray(data)) return undefined;
    return { savedAtMs, data: data as Readonly<Record<string, unknown>> };
  } catch {
    return undefined;
  }
}
