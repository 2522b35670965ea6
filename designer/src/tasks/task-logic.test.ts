import { forgetDraftsOf, readDraft, saveDraft, type DraftStore } from './drafts.ts';
import { inboxAction } from './inbox-keys.ts';
import { afterAnswer, afterReading } from './submission.ts';
import { isDueSoon, timeLeft } from './time-left.ts';

const minute = 60_000;

describe('the time left of a task', () => {
  const created = { createdAt: '2026-11-22T06:00:00Z', dueAt: '2026-11-22T07:00:00Z' };
  const start = Date.parse(created.createdAt);

  it('turns from running to attention in the last half hour, then to overdue', () => {
    expect(timeLeft(created, start + 15 * minute)).toEqual({ kind: 'left', durationMs: 45 * minute, share: 0.25, state: 'running' });
    expect(timeLeft(created, start + 45 * minute)).toMatchObject({ kind: 'left', durationMs: 15 * minute, state: 'attention' });
    expect(timeLeft(created, start + 70 * minute)).toEqual({ kind: 'late', durationMs: 10 * minute, share: 1, state: 'overdue' });
  });

  it('is none when the task has no limit', () => {
    const task = { createdAt: created.createdAt, dueAt: null };

    expect(timeLeft(task, start).kind).toBe('none');
    expect(isDueSoon(task, start)).toBe(false);
    expect(isDueSoon(created, start + 31 * minute)).toBe(true);
  });
});

describe('the keys of the inbox', () => {
  const press = { code: 'KeyJ', isComposing: false, ctrlKey: false, altKey: false, metaKey: false, shiftKey: false };

  it('go by the physical key', () => {
    expect(['KeyJ', 'KeyK', 'Enter', 'KeyL', 'KeyO', 'F2'].map((code) => inboxAction({ ...press, code }))).toEqual(['next', 'previous', 'open', 'claim', 'release', undefined]);
  });

  it('do nothing while an input method composes or a modifier is held', () => {
    expect(inboxAction({ ...press, isComposing: true })).toBeUndefined();
    expect(inboxAction({ ...press, ctrlKey: true })).toBeUndefined();
  });
});

describe('the stages after submitting', () => {
  const instance = { id: 'I', processInstanceId: 'i', status: 'running', activeElements: [{ elementId: 'administer' }, { elementId: 'administer' }] };

  it('are a result only once the process has taken the completion', () => {
    expect(afterAnswer({ kind: 'accepted', payload: { pending: true, task: { id: 'T', status: 'open', verification: null }, processInstance: instance } })).toEqual({ stage: 'processing' });
    expect(afterAnswer({ kind: 'accepted', payload: { pending: false, task: { id: 'T', status: 'completed', verification: null }, processInstance: instance } })).toEqual({ stage: 'done', next: ['administer'] });
  });

  it('end when a later reading shows the task completed', () => {
    expect(afterReading({ stage: 'processing' }, 'completed')).toEqual({ stage: 'done', next: [] });
    expect(afterReading({ stage: 'processing' }, 'open')).toEqual({ stage: 'processing' });
    expect(afterReading({ stage: 'editing' }, 'completed')).toEqual({ stage: 'editing' });
  });
});

describe('drafts', () => {
  function memoryStore(): DraftStore {
    const kept = new Map<string, string>();
    return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value), removeItem: (key) => void kept.delete(key), key: (index) => [...kept.keys()][index] ?? null, get length() { return kept.size; } };
  }

  it('belong to one person and one task', () => {
    const store = memoryStore();
    saveDraft(store, 'li', 't1', { savedAtMs: 0, data: { reason: 'x' } });

    expect(readDraft(store, 'li', 't1', 1)).toEqual({ savedAtMs: 0, data: { reason: 'x' } });
    expect(readDraft(store, 'chen', 't1', 1)).toBeUndefined();
    expect(readDraft(store, 'li', 't2', 1)).toBeUndefined();
  });

  it('go with the person who signs out, and nobody else’s', () => {
    const store = memoryStore();
    for (const [person, task] of [['li', 't1'], ['li', 't2'], ['lin', 't1']] as const) saveDraft(store, person, task, { savedAtMs: 0, data: { reason: person } });

    forgetDraftsOf(store, 'li');

    expect([readDraft(store, 'li', 't1', 1), readDraft(store, 'li', 't2', 1)]).toEqual([undefined, undefined]);
    expect(readDraft(store, 'lin', 't1', 1)?.data).toEqual({ reason: 'lin' });
  });

  it('do not stop the work when the store is full', () => {
    const store = { ...memoryStore(), setItem: () => { throw new Error('QuotaExceededError'); } };

    expect(() => saveDraft(store, 'li', 't1', { savedAtMs: 0, data: {} })).not.toThrow();
  });
});
