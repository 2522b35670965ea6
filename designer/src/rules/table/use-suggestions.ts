import { useState } from 'react';
import { suggestionsFor, type CellSuggestion, type CellValue } from './cell-suggestions.ts';
import type { GridKey } from './grid-keys.ts';

/** The list below a cell that is being written. */
export interface Suggestions {
  /** Empty while it is closed. */
  readonly offered: readonly CellSuggestion[];
  /** The place of the one that the arrows chose; -1 for none, so that Enter confirms what is written. */
  readonly active: number;
  readonly chosen: CellSuggestion | undefined;
  /** Whether the list took the key: the arrows choose, Esc closes it. */
  readonly takeKey: (key: GridKey) => boolean;
  /** After the text has changed or the writing has begun or ended. */
  readonly reset: () => void;
}

/** Offers the fixed values of a column. While an input method composes, its keys and its text are its own: the list is closed. */
export function useSuggestions(values: readonly CellValue[], { isWriting, isComposing, written, opened, isInput }: { readonly isWriting: boolean; readonly isComposing: boolean; readonly written: string; readonly opened: string; readonly isInput: boolean }): Suggestions {
  const [active, setActive] = useState(-1);
  const [isClosed, setIsClosed] = useState(false);
  const offered = isWriting && !isComposing && !isClosed ? suggestionsFor(values, written, opened, isInput) : [];

  function takeKey({ code, key, altKey, ctrlKey, metaKey, shiftKey, isComposing: isOfMethod }: GridKey): boolean {
    if (offered.length === 0 || isOfMethod || key === 'Process' || altKey || ctrlKey || metaKey || shiftKey) return false;
    if (code === 'Escape') setIsClosed(true);
    else if (code === 'ArrowDown') setActive(active + 1 >= offered.length ? -1 : active + 1);
    else if (code === 'ArrowUp') setActive(active < 0 ? offered.length - 1 : active - 1);
    else return false;
    return true;
  }

  return {
    offered,
    active: active < offered.length ? active : -1,
    chosen: offered[active],
    takeKey,
    reset() {
      setActive(-1);
      setIsClosed(false);
    },
  };
}
