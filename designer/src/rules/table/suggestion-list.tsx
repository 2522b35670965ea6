import { useLayoutEffect, useRef, type ReactNode, type RefObject } from 'react';
import { useText } from '../../i18n/use-text.ts';
import type { CellSuggestion } from './cell-suggestions.ts';

export interface SuggestionListProps {
  readonly id: string;
  readonly suggestions: readonly CellSuggestion[];
  /** The one that Enter takes; -1 for none. */
  readonly active: number;
  /** The input that it belongs to. */
  readonly anchor: RefObject<HTMLElement | null>;
  readonly onTake: (suggestion: CellSuggestion) => void;
}

/** Between the list and the input, and the least height that is worth showing it below. */
const gap = 2;
const leastHeight = 120;

/** The values that a cell can have, below its input or above it, outside of the table's own scrolling. WAI-ARIA combobox with a listbox. */
export function SuggestionList({ id, suggestions, active, anchor, onTake }: SuggestionListProps): ReactNode {
  const { t } = useText();
  const list = useRef<HTMLUListElement>(null);

  useLayoutEffect(() => {
    function place(): void {
      const [element, input] = [list.current, anchor.current?.getBoundingClientRect()];
      if (element === null || input === undefined) return;
      // The keyboard of a phone covers a part of the window.
      const bottom = (window.visualViewport?.offsetTop ?? 0) + (window.visualViewport?.height ?? window.innerHeight);
      const below = bottom - input.bottom - gap;
      const isBelow = below >= Math.min(leastHeight, element.scrollHeight) || below >= input.top;
      element.style.left = `${Math.max(0, Math.min(input.left, window.innerWidth - element.offsetWidth))}px`;
      element.style.maxHeight = `${Math.max(0, isBelow ? below : input.top - gap)}px`;
      element.style.top = `${isBelow ? input.bottom + gap : Math.max(0, input.top - gap - element.offsetHeight)}px`;
    }
    place();
    window.addEventListener('scroll', place, true);
    window.addEventListener('resize', place);
    window.visualViewport?.addEventListener('resize', place);
    return () => {
      window.removeEventListener('scroll', place, true);
      window.removeEventListener('resize', place);
      window.visualViewport?.removeEventListener('resize', place);
    };
  });

  useLayoutEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  return (
    <ul ref={list} id={id} role="listbox" aria-label={t('ruleTable.suggestions')} className="rule-suggestions">
      {suggestions.map((suggestion, index) => (
        // The keys are those of the input, which keeps the focus.
        <li key={suggestion.value.text} id={`${id}-${index}`} role="option" aria-selected={index === active} onMouseDown={(event) => event.preventDefault()} onClick={() => onTake(suggestion)}>
          <span>{suggestion.value.text}</span>
          {suggestion.value.words === '' ? null : <span className="small muted">{suggestion.value.words}</span>}
        </li>
      ))}
    </ul>
  );
}
