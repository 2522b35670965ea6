import { useEffect, type RefObject } from 'react';
import { gridCommand } from './grid-keys.ts';
import { useStable } from './use-stable.ts';
import type { TableCommand } from './use-grid.ts';

/** What has an undo of its own, over its text. */
const ownUndo = 'input, textarea, select, [contenteditable="true"]';

/** Undo and redo of the table also from its buttons, and from the page around it where nothing else has the focus; a dialog over it keeps its keys. */
export function useUndoKeys(editor: RefObject<HTMLElement | null>, run: (command: TableCommand) => void): void {
  const onKeyDown = useStable((event: KeyboardEvent): void => {
    const { target } = event;
    if (event.defaultPrevented || !(target instanceof Element) || target.matches(ownUndo)) return;
    if (editor.current === null || !(editor.current.contains(target) || target.contains(editor.current))) return;
    const command = gridCommand(event, undefined);
    if (command?.type !== 'undo' && command?.type !== 'redo') return;
    event.preventDefault();
    run(command);
  });
  useEffect(() => {
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [onKeyDown]);
}
