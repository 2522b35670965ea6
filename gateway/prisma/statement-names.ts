import { createHash } from 'node:crypto';

/** Statements that a connection keeps at most: each is some ten kilobytes of PostgreSQL's memory, in every connection. */
const mostNames = 200;
/** A text that comes so often is no passing one: lists of ids have as many texts as lengths. */
const timesUntilNamed = 5;
/** PostgreSQL's own name for a statement that is not kept. */
const unnamed = '';

/**
 * Names for statements that come again and again. PostgreSQL keeps what it parsed and planned of a statement with a name,
 * and only executes it the next time. Which texts deserve one is decided once for all connections of a pool.
 */
export function createStatementNames(): (query: { readonly sql: string }) => string {
  const names = new Map<string, string>();
  let times = new Map<string, number>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (names.size >= mostNames) return unnamed;
    const seen = (times.get(sql) ?? 0) + 1;
    if (times.size > mostNames * 10) times = new Map();
    times.set(sql, seen);
    if (seen < timesUntilNamed) return unnamed;
    times.delete(sql);
    const name = createHash('sha256').update(sql).digest('hex').slice(0, 32);
    names.set(sql, name);
    return name;
  };
}
