import { dropGone, goneRowStaysMs, openInbox, refreshInbox, takeArrived } from './inbox.ts';

const task = (id: string, note = '') => ({ id, note });

describe('the inbox', () => {
  it('keeps every row in its place when the order on the server changes', () => {
    const inbox = openInbox([task('a'), task('b'), task('c')]);

    const next = refreshInbox(inbox, [task('c', 'changed'), task('a'), task('b')], 0);

    expect(next.rows).toEqual([{ item: task('a') }, { item: task('b') }, { item: task('c', 'changed') }]);
    expect(next.arrived).toEqual([]);
  });

  it('holds new tasks back until they are asked for, and marks them then', () => {
    const fresh = [task('new'), task('a')];
    const waiting = refreshInbox(openInbox([task('a')]), fresh, 0);

    expect(waiting.rows).toEqual([{ item: task('a') }]);
    expect(waiting.arrived).toEqual([task('new')]);
    expect(takeArrived(waiting, fresh)).toEqual({ rows: [{ item: task('new'), isNew: true }, { item: task('a') }], arrived: [] });
  });

  it('shows new tasks at once where there is nothing that could move', () => {
    expect(refreshInbox(openInbox([]), [task('new')], 0)).toEqual({ rows: [{ item: task('new'), isNew: true }], arrived: [] });
  });

  it('keeps a lost row grey for ten seconds, from when it was lost first', () => {
    const lost = refreshInbox(openInbox([task('a'), task('b')]), [task('b')], 1_000);
    const again = refreshInbox(lost, [task('b')], 5_000);

    expect(again.rows[0]).toEqual({ item: task('a'), goneAtMs: 1_000 });
    expect(dropGone(again, 1_000 + goneRowStaysMs - 1)).toBe(again);
    expect(dropGone(again, 1_000 + goneRowStaysMs).rows).toEqual([{ item: task('b') }]);
  });

  it('brings a row back when its task returns', () => {
    const lost = refreshInbox(openInbox([task('a')]), [], 1_000);

    expect(refreshInbox(lost, [task('a')], 2_000).rows).toEqual([{ item: task('a') }]);
  });
});
