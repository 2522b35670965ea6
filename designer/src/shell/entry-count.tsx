import type { ReactNode } from 'react';

const mostCounted = 99;

/** The number at the icon of an entry; `words` are what it says to those who do not see it. Nothing where there is none. */
export function EntryCount({ count, words }: { readonly count: number; readonly words: string }): ReactNode {
  if (count === 0) return null;
  return (
    <span className="nav-count">
      <span aria-hidden="true">{count > mostCounted ? `${mostCounted}+` : count}</span>
      <span className="visually-hidden">{words} </span>
    </span>
  );
}
