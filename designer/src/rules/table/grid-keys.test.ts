import { beginsText, gridCommand, type GridKey } from './grid-keys.ts';

const key = (code: string, more: Partial<GridKey> = {}): GridKey => ({ key: code, code, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, isComposing: false, ...more });

describe('the keys of the table', () => {
  it('move and select while no cell is written', () => {
    expect(gridCommand(key('ArrowDown'), undefined)).toEqual({ type: 'move', rows: 1, columns: 0, extend: false });
    expect(gridCommand(key('ArrowLeft', { shiftKey: true }), undefined)).toEqual({ type: 'move', rows: 0, columns: -1, extend: true });
    expect(gridCommand(key('Home'), undefined)).toEqual({ type: 'edge', to: 'rowStart', extend: false });
    expect(gridCommand(key('End', { ctrlKey: true, shiftKey: true }), undefined)).toEqual({ type: 'edge', to: 'tableEnd', extend: true });
    expect(gridCommand(key('PageDown'), undefined)).toEqual({ type: 'page', pages: 1, extend: false });
  });

  it('leave Tab to the browser until a cell is written: the table is one tab stop', () => {
    expect(gridCommand(key('Tab'), undefined)).toBeUndefined();
    expect(gridCommand(key('Tab'), 'replace')).toEqual({ type: 'commit', rows: 0, columns: 1 });
    expect(gridCommand(key('Tab', { shiftKey: true }), 'amend')).toEqual({ type: 'commit', rows: 0, columns: -1 });
  });

  it('belong to an input method while it composes', () => {
    for (const mode of [undefined, 'replace', 'amend'] as const) {
      for (const code of ['Enter', 'Escape', 'ArrowDown', 'Space', 'Digit1']) {
        expect(gridCommand(key(code, { isComposing: true }), mode)).toBeUndefined();
        expect(gridCommand(key(code, { key: 'Process' }), mode)).toBeUndefined();
      }
    }
    expect(gridCommand(key('Enter'), 'replace')).toEqual({ type: 'commit', rows: 1, columns: 0 });
  });

  it('leave characters, and what input methods are switched with, to the text', () => {
    expect(['KeyA', 'Digit5', 'Period', 'Space'].map((code) => gridCommand(key(code), undefined))).toEqual([undefined, undefined, undefined, undefined]);
    expect([key('Space', { ctrlKey: true }), key('Space', { shiftKey: true }), key('Period', { ctrlKey: true })].map((each) => gridCommand(each, undefined))).toEqual([undefined, undefined, undefined]);
  });

  it('leave a cell alone when the browser takes back or does again what was typed in another', () => {
    expect(['insertText', 'insertCompositionText', 'insertFromDrop', 'deleteContentBackward'].map((inputType) => beginsText({ inputType }))).toEqual([true, true, true, true]);
    expect(['historyUndo', 'historyRedo'].map((inputType) => beginsText({ inputType }))).toEqual([false, false]);
    expect(beginsText({})).toBe(true);
  });

  it('open a cell, and move in its text only when it was opened', () => {
    expect(gridCommand(key('F2'), undefined)).toEqual({ type: 'write' });
    expect(gridCommand(key('ArrowRight'), 'amend')).toBeUndefined();
    expect(gridCommand(key('ArrowRight'), 'replace')).toEqual({ type: 'commit', rows: 0, columns: 1 });
    expect(gridCommand(key('Enter', { altKey: true }), 'amend')).toEqual({ type: 'lineBreak' });
    expect(gridCommand(key('Escape'), 'amend')).toEqual({ type: 'cancel' });
    expect(gridCommand(key('KeyZ', { ctrlKey: true }), 'amend')).toBeUndefined();
  });

  it('undo, fill and change rows', () => {
    expect(gridCommand(key('KeyZ', { ctrlKey: true }), undefined)).toEqual({ type: 'undo' });
    expect(gridCommand(key('KeyZ', { metaKey: true, shiftKey: true }), undefined)).toEqual({ type: 'redo' });
    expect(gridCommand(key('KeyY', { ctrlKey: true }), undefined)).toEqual({ type: 'redo' });
    expect(gridCommand(key('KeyD', { ctrlKey: true }), undefined)).toEqual({ type: 'fillDown' });
    expect(gridCommand(key('ArrowUp', { altKey: true }), undefined)).toEqual({ type: 'moveRow', by: -1 });
    expect(gridCommand(key('ArrowDown', { altKey: true, shiftKey: true }), undefined)).toEqual({ type: 'insertRow' });
    expect(gridCommand(key('KeyD', { altKey: true, shiftKey: true }), undefined)).toEqual({ type: 'duplicateRow' });
    expect(gridCommand(key('Delete', { altKey: true, shiftKey: true }), undefined)).toEqual({ type: 'removeRows' });
  });
});
