import { maximumPageSize } from './builder.ts';
import { badArgument } from './request-errors.ts';

/** Refuses a page of more rows than there may be; less than was asked for would look like the end of the list. */
export function checkPage({ first, last }: { readonly first?: number | null | undefined; readonly last?: number | null | undefined }): void {
  for (const [place, size] of [['first', first], ['last', last]] as const) {
    if (size === null || size === undefined) continue;
    if (size < 0 || size > maximumPageSize) throw badArgument('PAGE_SIZE_INVALID', place, `Expected ${place} between 0 and ${maximumPageSize}, but got ${size}`);
  }
}
