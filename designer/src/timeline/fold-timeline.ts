/** What folding needs of an entry. */
export interface FoldableEntry {
  readonly id: string;
  readonly action: string;
  readonly recordedAt: string;
}

export type TimelineRow<Entry extends FoldableEntry> =
  | { readonly kind: 'entry'; readonly entry: Entry }
  /** Technical entries, behind a dot. */
  | { readonly kind: 'folded'; readonly id: string; readonly entries: readonly Entry[] }
  /** Nothing happened for a long time. */
  | { readonly kind: 'wait'; readonly id: string; readonly durationMs: number };

const technical = new Set(['element.activated', 'element.completed', 'element.terminated', 'flow.taken', 'service.requested', 'message.sent', 'error.caught', 'variables.changed', 'patient.read', 'audit.searched', 'task.cancelled']);
const longWaitMs = 30 * 60_000;

/** True for entries that only tell how the machinery went on. */
export function isTechnical(action: string): boolean {
  return technical.has(action);
}

/**
 * Lays entries (oldest first) out as sentences, with technical ones folded together and long waits said in one
 * line. Every entry is in exactly one row.
 */
export function foldTimeline<Entry extends FoldableEntry>(entries: readonly Entry[]): readonly TimelineRow<Entry>[] {
  const rows: TimelineRow<Entry>[] = [];
  let folded: Entry[] = [];
  const flush = (): void => {
    const [first] = folded;
    if (first !== undefined) rows.push({ kind: 'folded', id: `folded-${first.id}`, entries: folded });
    folded = [];
  };
  entries.forEach((entry, index) => {
    const before = entries[index - 1];
    const waitedMs = before === undefined ? 0 : Date.parse(entry.recordedAt) - Date.parse(before.recordedAt);
    if (waitedMs >= longWaitMs) {
      flush();
      rows.push({ kind: 'wait', id: `wait-${entry.id}`, durationMs: waitedMs });
    }
    if (isTechnical(entry.action)) folded.push(entry);
    else {
      flush();
      rows.push({ kind: 'entry', entry });
    }
  });
  flush();
  return rows;
}
