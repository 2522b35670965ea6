import { parsePrismaCursor } from '@pothos/plugin-prisma';
import { maximumPageSize } from './builder.ts';
import { isUuid } from './global-ids.ts';
import { badArgument } from './request-errors.ts';

/** What a list's cursors hold: the key of its rows. */
export type CursorKind = 'uuid' | 'text' | 'sequence';

interface PageArguments {
  readonly first?: number | null | undefined;
  readonly last?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly before?: string | null | undefined;
}

const isKey: Readonly<Record<CursorKind, (key: unknown) => boolean>> = {
  uuid: (key) => typeof key === 'string' && isUuid(key),
  text: (key) => typeof key === 'string' && !key.includes('\u0000'),
  sequence: (key) => typeof key === 'bigint' && key >= 0n && key < 2n ** 63n,
};

/**
 * Refuses a page of more rows than there may be, since less than was asked for would look like the end of the list; and,
 * for a list of rows of the database, a cursor that no such list has given. Fails: PAGE_SIZE_INVALID, CURSOR_INVALID.
 */
export function checkPage({ first, last, after, before }: PageArguments, cursors?: CursorKind): void {
  for (const [place, size] of [['first', first], ['last', last]] as const) {
    if (size === null || size === undefined) continue;
    if (size < 0 || size > maximumPageSize) throw badArgument('PAGE_SIZE_INVALID', place, `Expected ${place} between 0 and ${maximumPageSize}, but got ${size}`);
  }
  if (cursors === undefined) return;
  for (const [place, cursor] of [['after', after], ['before', before]] as const) {
    // What is no cursor at all was refused before.
    if (cursor !== null && cursor !== undefined && !isKey[cursors](parsePrismaCursor(cursor))) throw badArgument('CURSOR_INVALID', place, `Expected a cursor of this list in ${place}, but got something else`);
  }
}
