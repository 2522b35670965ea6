/** How the text of a cell is being written: `replace` began by typing over it, `amend` with Enter or F2. */
export type WritingMode = 'replace' | 'amend';

/** What a key means to the table. `rows` and `columns` are steps. */
export type GridCommand =
  | { readonly type: 'move'; readonly rows: number; readonly columns: number; readonly extend: boolean }
  | { readonly type: 'page'; readonly pages: number; readonly extend: boolean }
  | { readonly type: 'edge'; readonly to: 'rowStart' | 'rowEnd' | 'tableStart' | 'tableEnd'; readonly extend: boolean }
  | { readonly type: 'write' }
  | { readonly type: 'commit'; readonly rows: number; readonly columns: number }
  | { readonly type: 'moveRow'; readonly by: number }
  | { readonly type: 'lineBreak' | 'cancel' | 'clear' | 'undo' | 'redo' | 'insertRow' | 'duplicateRow' | 'removeRows' | 'fillDown' | 'selectAll' | 'selectColumn' };

export interface GridKey {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly isComposing: boolean;
}

const arrows: Readonly<Record<string, readonly [rows: number, columns: number]>> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/**
 * The command of a key; undefined for one that belongs to the text, to the browser or to an input method. Tab moves on only while a cell
 * is written, so that the table stays one tab stop. Ctrl+Space, Shift+Space and Ctrl+. belong to Chinese input methods.
 */
export function gridCommand(key: GridKey, mode: WritingMode | undefined): GridCommand | undefined {
  // A key that an input method takes has the name `Process` where `isComposing` is not set yet.
  if (key.isComposing || key.key === 'Process') return undefined;
  return mode === undefined ? restingCommand(key) : writingCommand(key, mode);
}

/**
 * Whether what came into the resting input is the beginning of a cell's text. A browser's own undo is none: it reaches the field that was typed
 * in last, wherever the focus is, and would leave a text that nobody wrote for whichever cell is active then.
 */
export function beginsText(input: object): boolean {
  return !('inputType' in input) || (input.inputType !== 'historyUndo' && input.inputType !== 'historyRedo');
}

function writingCommand(key: GridKey, mode: WritingMode): GridCommand | undefined {
  const { code, altKey, shiftKey, ctrlKey, metaKey } = key;
  const arrow = arrows[code];
  if (code === 'Escape') return { type: 'cancel' };
  if (isEnter(code)) return altKey ? { type: 'lineBreak' } : { type: 'commit', rows: shiftKey ? -1 : 1, columns: 0 };
  if (code === 'Tab') return { type: 'commit', rows: 0, columns: shiftKey ? -1 : 1 };
  // Whoever types over a cell goes on with the arrows; whoever opened it moves in its text.
  return mode === 'replace' && arrow && !altKey && !shiftKey && !ctrlKey && !metaKey ? { type: 'commit', rows: arrow[0], columns: arrow[1] } : undefined;
}

function restingCommand({ code, ctrlKey, metaKey, altKey, shiftKey }: GridKey): GridCommand | undefined {
  const extend = shiftKey;
  const arrow = arrows[code];
  if (altKey) return ctrlKey || metaKey ? undefined : rowCommand(code, shiftKey);
  if (ctrlKey || metaKey) return withControl(code, shiftKey, arrow);
  if (arrow) return { type: 'move', rows: arrow[0], columns: arrow[1], extend };
  if (isEnter(code) || code === 'F2') return { type: 'write' };
  switch (code) {
    case 'Home':
      return { type: 'edge', to: 'rowStart', extend };
    case 'End':
      return { type: 'edge', to: 'rowEnd', extend };
    case 'PageUp':
      return { type: 'page', pages: -1, extend };
    case 'PageDown':
      return { type: 'page', pages: 1, extend };
    case 'Delete':
    case 'Backspace':
      return { type: 'clear' };
    default:
      return undefined;
  }
}

function withControl(code: string, extend: boolean, arrow: readonly [number, number] | undefined): GridCommand | undefined {
  if (arrow) return arrow[0] === 0 ? { type: 'edge', to: arrow[1] < 0 ? 'rowStart' : 'rowEnd', extend } : { type: 'move', rows: arrow[0] * Number.MAX_SAFE_INTEGER, columns: 0, extend };
  switch (code) {
    case 'Home':
      return { type: 'edge', to: 'tableStart', extend };
    case 'End':
      return { type: 'edge', to: 'tableEnd', extend };
    case 'KeyZ':
      return { type: extend ? 'redo' : 'undo' };
    case 'KeyY':
      return { type: 'redo' };
    case 'KeyD':
      return { type: 'fillDown' };
    case 'KeyA':
      return { type: 'selectAll' };
    default:
      return undefined;
  }
}

function rowCommand(code: string, shiftKey: boolean): GridCommand | undefined {
  const arrow = arrows[code];
  if (!shiftKey) return arrow && arrow[0] !== 0 ? { type: 'moveRow', by: arrow[0] } : undefined;
  switch (code) {
    case 'ArrowDown':
      return { type: 'insertRow' };
    case 'KeyD':
      return { type: 'duplicateRow' };
    case 'KeyC':
      return { type: 'selectColumn' };
    case 'Delete':
    case 'Backspace':
      return { type: 'removeRows' };
    default:
      return undefined;
  }
}

function isEnter(code: string): boolean {
  return code === 'Enter' || code === 'NumpadEnter';
}
