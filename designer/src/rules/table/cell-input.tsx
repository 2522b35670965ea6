import { useEffect, useId, useImperativeHandle, useRef, useState, type ClipboardEvent, type CSSProperties, type KeyboardEvent, type ReactNode, type Ref } from 'react';
import type { CellProblem } from '#rule-table';
import { useText } from '../../i18n/use-text.ts';
import type { CellSuggestion, CellValue } from './cell-suggestions.ts';
import { clipboardCells, type ClipboardBlock } from './clipboard-html.ts';
import { beginsText, gridCommand, type WritingMode } from './grid-keys.ts';
import { SuggestionList } from './suggestion-list.tsx';
import type { TableCommand } from './use-grid.ts';
import { useSuggestions } from './use-suggestions.ts';

/** What others may ask of the input. */
export interface CellWriter {
  readonly focus: () => void;
  /** Opens the active cell with its text. */
  readonly write: () => void;
}

export interface CellInputProps {
  readonly ref: Ref<CellWriter>;
  /** Where it lies and how large it is at least. */
  readonly style: Required<Pick<CSSProperties, 'left' | 'top' | 'width' | 'minHeight'>>;
  /** Where the active cell is and what it says. */
  readonly label: string;
  readonly text: string;
  readonly activeId: string;
  readonly isReadOnly: boolean;
  /** On a phone the keyboard comes up only when a cell is opened. */
  readonly isNarrow: boolean;
  /** What the cell can be where that is fixed; `isInput`: it takes several tests. */
  readonly values: readonly CellValue[];
  readonly isInput: boolean;
  /** What is wrong with a text in the active cell. */
  readonly problemOf: (text: string) => CellProblem | undefined;
  readonly onCommand: (command: TableCommand) => void;
  readonly onWrite: (text: string) => void;
  readonly onCopy: () => ClipboardBlock;
  readonly onPaste: (cells: readonly (readonly string[])[]) => void;
}

/** An error is spoken once the typing pauses. */
const speakAfterMs = 500;

/**
 * The one element of the table that has the focus. It lies unseen over the active cell and shows itself with the first character, so that
 * an input method composes that character in it and nothing is lost.
 */
export function CellInput({ ref, style, label, text, activeId, isReadOnly, isNarrow, values, isInput, problemOf, onCommand, onWrite, onCopy, onPaste }: CellInputProps): ReactNode {
  const { t, of } = useText();
  const id = useId();
  const input = useRef<HTMLTextAreaElement>(null);
  const [mode, setMode] = useState<WritingMode | undefined>();
  const [written, setWritten] = useState('');
  const [isComposing, setIsComposing] = useState(false);
  const suggestions = useSuggestions(values, { isWriting: mode !== undefined && !isReadOnly, isComposing, written, opened: mode === 'amend' ? text : '', isInput });
  const { offered, active, chosen } = suggestions;
  const isOpen = offered.length > 0;
  const problem = mode === undefined ? undefined : problemOf(written);
  const words = problem === undefined ? '' : t('ruleTable.expected', { expected: of(problem.expected) });
  const spoken = usePaused(words, speakAfterMs);

  function write(): void {
    const element = input.current;
    if (element === null || isReadOnly) return;
    element.value = text;
    if (isNarrow) {
      // A keyboard on the screen follows a change of the mode with the next focus only.
      element.inputMode = 'text';
      element.blur();
    }
    element.focus({ preventScroll: true });
    element.setSelectionRange(text.length, text.length);
    setWritten(text);
    suggestions.reset();
    setMode('amend');
  }

  useImperativeHandle(ref, () => ({ focus: () => input.current?.focus({ preventScroll: true }), write }));

  function stop(): void {
    if (input.current !== null) input.current.value = '';
    setIsComposing(false);
    suggestions.reset();
    setMode(undefined);
  }

  function finish(): void {
    if (mode === undefined || input.current === null) return;
    const { value } = input.current;
    stop();
    onWrite(value);
  }

  function take({ text: taken }: CellSuggestion): void {
    if (input.current !== null) input.current.value = taken;
    finish();
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>): void {
    const { key, code, ctrlKey, metaKey, altKey, shiftKey } = event;
    const pressed = { key, code, ctrlKey, metaKey, altKey, shiftKey, isComposing: event.nativeEvent.isComposing };
    if (suggestions.takeKey(pressed)) return event.preventDefault();
    const command = gridCommand(pressed, mode);
    if (command === undefined) return;
    event.preventDefault();
    switch (command.type) {
      case 'write':
        return write();
      case 'cancel':
        return stop();
      case 'commit':
        if (chosen) take(chosen);
        else finish();
        return onCommand({ type: 'move', rows: command.rows, columns: command.columns, extend: false });
      case 'lineBreak': {
        const { selectionStart, selectionEnd } = event.currentTarget;
        event.currentTarget.setRangeText('\n', selectionStart, selectionEnd, 'end');
        return setWritten(event.currentTarget.value);
      }
      default:
        return onCommand(command);
    }
  }

  function onClipboard(event: ClipboardEvent): void {
    // While a cell is written the clipboard is about its text.
    if (mode !== undefined) return;
    event.preventDefault();
    if (event.type === 'paste') return onPaste(clipboardCells(event.clipboardData));
    const { plain, html } = onCopy();
    event.clipboardData.setData('text/plain', plain);
    if (html !== undefined) event.clipboardData.setData('text/html', html);
    if (event.type === 'cut') onCommand({ type: 'clear' });
  }

  return (
    <div className="rule-writer" style={{ left: style.left, top: style.top }}>
      <textarea
        ref={input}
        className="rule-cell-input"
        data-mode={mode ?? 'resting'}
        style={{ width: style.width, minHeight: style.minHeight }}
        rows={1}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        readOnly={isReadOnly}
        inputMode={isNarrow && mode === undefined ? 'none' : 'text'}
        aria-label={label}
        aria-invalid={problem !== undefined}
        {...(problem === undefined ? {} : { 'aria-describedby': `${id}-problem` })}
        {...(mode === undefined ? { 'aria-activedescendant': activeId } : values.length === 0 ? {} : { role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': isOpen, 'aria-controls': `${id}-values`, ...(active < 0 ? {} : { 'aria-activedescendant': `${id}-values-${active}` }) })}
        onKeyDown={onKeyDown}
        onCompositionStart={() => {
          setIsComposing(true);
          setMode((current) => current ?? 'replace');
        }}
        onCompositionEnd={() => setIsComposing(false)}
        onInput={(event) => {
          if (mode === undefined && !beginsText(event.nativeEvent)) return stop();
          setWritten(event.currentTarget.value);
          suggestions.reset();
          setMode((current) => current ?? 'replace');
        }}
        onCopy={onClipboard}
        onCut={onClipboard}
        onPaste={onClipboard}
        onBlur={finish}
      />
      {isOpen ? <SuggestionList id={`${id}-values`} suggestions={offered} active={active} anchor={input} onTake={take} /> : null}
      {problem === undefined || isOpen ? null : (
        <p className="rule-cell-problem" id={`${id}-problem`}>
          {words}
        </p>
      )}
      <span className="visually-hidden" role="status">
        {spoken}
      </span>
    </div>
  );
}

/** A text, once it has stayed the same for a while; at once when it is empty. */
function usePaused(text: string, afterMs: number): string {
  const [paused, setPaused] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setPaused(text), text === '' ? 0 : afterMs);
    return () => clearTimeout(timer);
  }, [text, afterMs]);
  return text === '' ? '' : paused;
}
