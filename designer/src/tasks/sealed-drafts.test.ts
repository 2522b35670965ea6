import { forgetDraft, forgetDraftsOf, readDraft, saveDraft, type DraftStore } from './drafts.ts';
import { forgetOldDrafts, SealedDrafts } from './sealed-drafts.ts';

const keyOf = (byte: number) => Buffer.alloc(32, byte).toString('base64url');
const data = { note: '患者自述胸痛' };

function device(): DraftStore & { readonly rows: Map<string, string> } {
  const rows = new Map<string, string>();
  return {
    rows,
    get length() {
      return rows.size;
    },
    key: (index) => [...rows.keys()][index] ?? null,
    getItem: (name) => rows.get(name) ?? null,
    setItem: (name, text) => void rows.set(name, text),
    removeItem: (name) => void rows.delete(name),
  };
}

async function opened(storage: DraftStore, personId: string, keyText: string | null): Promise<SealedDrafts> {
  const drafts = new SealedDrafts();
  await drafts.open(storage, personId, keyText);
  return drafts;
}

/** Until a write has begun: the encryption itself takes longer than these turns. */
async function begun(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await Promise.resolve();
}

/** A device on which a nurse has left a draft of the task `t1`. */
async function left(): Promise<ReturnType<typeof device>> {
  const storage = device();
  const drafts = await opened(storage, 'nurse', keyOf(1));
  saveDraft(drafts, 'nurse', 't1', { savedAtMs: Date.now(), data });
  await drafts.written();
  return storage;
}

describe('drafts on a device', () => {
  it('are found again by the same person after the page was lost', async () => {
    const again = await opened(await left(), 'nurse', keyOf(1));

    expect(readDraft(again, 'nurse', 't1', Date.now())?.data).toEqual(data);
  });

  it('hold nothing that can be read, and nothing for another person or key', async () => {
    const storage = await left();
    const texts = [...storage.rows.values()].join('');

    const other = await opened(storage, 'doctor', keyOf(2));

    expect(texts).not.toMatch(/note|胸痛/);
    expect([other.length, readDraft(other, 'nurse', 't1', Date.now())]).toEqual([0, undefined]);
    expect(storage.rows.size).toBe(1);
    await opened(storage, 'nurse', keyOf(2));
    expect(storage.rows.size).toBe(0);
  });

  it('cannot be put in the place of another task or be made younger', async () => {
    const storage = await left();
    const [[name = '', text = ''] = []] = [...storage.rows];
    storage.rows.set(name.replace('t1', 't2'), text);
    storage.rows.set(name, JSON.stringify({ ...(JSON.parse(text) as object), savedAtMs: Date.now() + 1_000 }));

    expect((await opened(storage, 'nurse', keyOf(1))).length).toBe(0);
  });

  it('are gone once the task is done or the person signs out, also one that is being written', async () => {
    const storage = device();
    const drafts = await opened(storage, 'nurse', keyOf(1));
    for (const task of ['t1', 't2']) saveDraft(drafts, 'nurse', task, { savedAtMs: Date.now(), data });
    forgetDraft(drafts, 'nurse', 't1');
    await drafts.written();
    expect([...storage.rows.keys()].map((name) => name.split('.').at(-1))).toEqual(['t2']);

    saveDraft(drafts, 'nurse', 't3', { savedAtMs: Date.now(), data });
    await begun();
    forgetDraftsOf(drafts, 'nurse');
    await drafts.written();

    expect([storage.rows.size, drafts.length]).toEqual([0, 0]);
  });

  it('end after a day for everybody, and at once where they are not encrypted', async () => {
    const storage = await left();
    storage.rows.set('careloop.draft.nurse.t9', JSON.stringify({ savedAtMs: Date.now(), data }));
    storage.rows.set('careloop.locale', 'en');

    forgetOldDrafts(storage, Date.now() + 23 * 3_600_000);
    expect([...storage.rows.keys()]).toEqual(['careloop.draft.nurse.t1', 'careloop.locale']);
    forgetOldDrafts(storage, Date.now() + 24 * 3_600_000);

    expect([...storage.rows.keys()]).toEqual(['careloop.locale']);
  });

  it('follow another page of the same person', async () => {
    const storage = device();
    const [one, two] = [await opened(storage, 'nurse', keyOf(1)), await opened(storage, 'nurse', keyOf(1))];
    saveDraft(one, 'nurse', 't1', { savedAtMs: Date.now(), data });
    await one.written();

    await two.follow('careloop.draft.nurse.t1', storage.getItem('careloop.draft.nurse.t1'));
    expect(readDraft(two, 'nurse', 't1', Date.now())?.data).toEqual(data);
    await two.follow('careloop.draft.nurse.t1', null);

    expect(two.length).toBe(0);
  });

  it('are not written any longer once the person has left', async () => {
    const storage = device();
    const drafts = await opened(storage, 'nurse', keyOf(1));
    saveDraft(drafts, 'nurse', 't1', { savedAtMs: Date.now(), data });
    await begun();
    drafts.close();
    saveDraft(drafts, 'nurse', 't1', { savedAtMs: Date.now(), data });
    await drafts.written();

    expect(storage.rows.size).toBe(0);
  });

  it('stay in memory alone without a key', async () => {
    const storage = device();
    const drafts = await opened(storage, 'nurse', null);
    saveDraft(drafts, 'nurse', 't1', { savedAtMs: Date.now(), data });
    await drafts.written();

    expect([readDraft(drafts, 'nurse', 't1', Date.now())?.data, storage.rows.size]).toEqual([data, 0]);
  });
});
