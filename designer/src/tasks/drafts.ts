/** The part of `localStorage` that drafts need. */
export type DraftStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

export interface Draft {
  readonly savedAtMs: number;
  readonly data: Readonly<Record<string, unknown>>;
}

const prefix = 'careloop.draft.';
const keptForMs = 24 * 3_600_000;
const keyOf = (personId: string, taskId: string): string => `${prefix}${personId}.${taskId}`;

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
  for (const key of draftKeys(store)) if (key.startsWith(keyOf(personId, ''))) store.removeItem(key);
}

/** Removes everybody's drafts older than 24 hours, since devices are shared. */
export function forgetOldDrafts(store: DraftStore, nowMs: number): void {
  for (const key of draftKeys(store)) {
    const draft = parse(store.getItem(key));
    if (draft === undefined || nowMs - draft.savedAtMs >= keptForMs) store.removeItem(key);
  }
}

/** All at once: removing one moves the others. */
function draftKeys(store: DraftStore): readonly string[] {
  return Array.from({ length: store.length }, (_, index) => store.key(index) ?? '').filter((key) => key.startsWith(prefix));
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
