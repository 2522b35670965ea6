import type pg from 'pg';

/** Up to which entry number nothing can appear any more, and what is being waited for. */
export class SealHorizon {
  readonly #pool: pg.Pool;
  #safe = 0;
  #pending: { readonly upTo: number; readonly writers: ReadonlySet<string>; readonly since: number } | undefined;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /** Since when (ms since 1970) a writer that has not ended holds the horizon back. */
  get heldBackSince(): number | undefined {
    return this.#pending?.since;
  }

  /**
   * The number up to which every entry is visible or will never be. Numbers are drawn before they are committed,
   * and in another order, so a later entry can be seen before an earlier one. A writer holds a row-exclusive
   * lock on the table from before it draws its number until its end: when all that held one after the newest
   * number was read are gone, nothing up to that number is under way. Waits at most `patienceMs` for them.
   */
  async advance(patienceMs: number): Promise<number> {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      const pending = (this.#pending ??= await this.#observe());
      const now = pending.writers.size === 0 ? pending.writers : await this.#writers();
      if (![...pending.writers].some((writer) => now.has(writer))) {
        this.#safe = pending.upTo;
        this.#pending = undefined;
        return this.#safe;
      }
      if (Date.now() >= deadline) return this.#safe;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** The newest number first, the writers after it: whoever draws a smaller one later is among them. */
  async #observe(): Promise<{ readonly upTo: number; readonly writers: ReadonlySet<string>; readonly since: number }> {
    const { rows } = await this.#pool.query<{ last_value: string; is_called: boolean }>('select last_value, is_called from audit_entry_id_seq');
    const [newest] = rows;
    const upTo = newest?.is_called ? Number(newest.last_value) : 0;
    return { upTo, writers: await this.#writers(), since: Date.now() };
  }

  async #writers(): Promise<ReadonlySet<string>> {
    const { rows } = await this.#pool.query<{ writer: string }>(
      `select distinct virtualtransaction as writer from pg_locks
       where locktype = 'relation' and mode = 'RowExclusiveLock' and relation = 'audit_entry'::regclass
         and database = (select oid from pg_database where datname = current_database())`,
    );
    return new Set(rows.map((row) => row.writer));
  }
}
