import { isRefusal } from './action-state.ts';
import { foldTimeline } from './fold-timeline.ts';

const entry = (id: string, action: string, minute: number) => ({ id, action, recordedAt: new Date(minute * 60_000).toISOString() });

describe('a timeline', () => {
  it('keeps sentences and folds what only tells how the machinery went on', () => {
    const rows = foldTimeline([entry('1', 'instance.started', 0), entry('2', 'element.activated', 0), entry('3', 'flow.taken', 0), entry('4', 'decision.made', 1), entry('5', 'element.completed', 1)]);

    expect(rows.map((row) => (row.kind === 'entry' ? row.entry.id : row.kind === 'folded' ? row.entries.map(({ id }) => id) : row.durationMs))).toEqual(['1', ['2', '3'], '4', ['5']]);
  });

  it('says a long wait in one line, also between technical entries', () => {
    const rows = foldTimeline([entry('1', 'element.activated', 0), entry('2', 'element.completed', 372), entry('3', 'task.completed', 373)]);

    expect(rows).toEqual([
      { kind: 'folded', id: 'folded-1', entries: [entry('1', 'element.activated', 0)] },
      { kind: 'wait', id: 'wait-2', durationMs: 372 * 60_000 },
      { kind: 'folded', id: 'folded-2', entries: [entry('2', 'element.completed', 372)] },
      { kind: 'entry', entry: entry('3', 'task.completed', 373) },
    ]);
  });

  it('loses no entry and never folds a refusal', () => {
    const actions = ['task.refused', 'flow.taken', 'event.rejected', 'element.activated', 'access.refused', 'variables.changed'];
    const rows = foldTimeline(actions.map((action, index) => entry(String(index), action, index)));
    const shown = rows.flatMap((row) => (row.kind === 'entry' ? [row.entry.action] : []));

    expect(rows.flatMap((row) => (row.kind === 'entry' ? [row.entry.id] : row.kind === 'folded' ? row.entries.map(({ id }) => id) : []))).toEqual(['0', '1', '2', '3', '4', '5']);
    expect(shown).toEqual(actions.filter(isRefusal));
  });
});
