/** What the inbox needs of a task. */
export interface InboxItem {
  readonly id: string;
}

/** A row as shown: rows keep their place, so that nothing moves under the pointer. */
export interface InboxRow<Item extends InboxItem> {
  readonly item: Item;
  /** Set when the task left the list; the row stays grey for 10 s. */
  readonly goneAtMs?: number;
  /** Came in through the pill. */
  readonly isNew?: boolean;
}

export interface Inbox<Item extends InboxItem> {
  readonly rows: readonly InboxRow<Item>[];
  /** Arrived since, behind the pill 有 n 项新任务. */
  readonly arrived: readonly Item[];
}

export const goneRowStaysMs = 10_000;

/** The first answer of the server, as it is. */
export function openInbox<Item extends InboxItem>(items: readonly Item[]): Inbox<Item> {
  return { rows: items.map((item) => ({ item })), arrived: [] };
}

/** Takes a fresh answer: known rows are renewed in place, lost ones turn grey, new ones wait behind the pill; an empty list shows them at once. */
export function refreshInbox<Item extends InboxItem>(inbox: Inbox<Item>, fresh: readonly Item[], nowMs: number): Inbox<Item> {
  if (inbox.rows.length === 0) return { rows: fresh.map((item) => ({ item, isNew: true })), arrived: [] };
  const byId = new Map(fresh.map((item) => [item.id, item]));
  const rows = inbox.rows.map((row): InboxRow<Item> => {
    const item = byId.get(row.item.id);
    if (item === undefined) return row.goneAtMs === undefined ? { ...row, goneAtMs: nowMs } : row;
    return { item, ...(row.isNew === true ? { isNew: true } : {}) };
  });
  const shown = new Set(rows.map((row) => row.item.id));
  return { rows, arrived: fresh.filter((item) => !shown.has(item.id)) };
}

/** Drops the rows that have been grey long enough. */
export function dropGone<Item extends InboxItem>(inbox: Inbox<Item>, nowMs: number): Inbox<Item> {
  const rows = inbox.rows.filter((row) => row.goneAtMs === undefined || nowMs - row.goneAtMs < goneRowStaysMs);
  return rows.length === inbox.rows.length ? inbox : { ...inbox, rows };
}

/** The person asks for the new ones: the server's order again, with what is new marked. */
export function takeArrived<Item extends InboxItem>(inbox: Inbox<Item>, fresh: readonly Item[]): Inbox<Item> {
  const isNew = new Set(inbox.arrived.map((item) => item.id));
  return { rows: fresh.map((item) => (isNew.has(item.id) ? { item, isNew: true } : { item })), arrived: [] };
}
