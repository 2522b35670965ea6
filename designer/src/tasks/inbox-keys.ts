/** What a key does while the list has the focus. */
export type InboxAction = 'next' | 'previous' | 'open' | 'claim' | 'release';

const actions: Readonly<Record<string, InboxAction>> = { KeyJ: 'next', ArrowDown: 'next', KeyK: 'previous', ArrowUp: 'previous', Enter: 'open', NumpadEnter: 'open', KeyL: 'claim', KeyO: 'release' };

/** Reads the physical key, so that an input method's state does not matter; never while one is composing or with a modifier. */
export function inboxAction(event: { readonly code: string; readonly isComposing: boolean; readonly ctrlKey: boolean; readonly altKey: boolean; readonly metaKey: boolean; readonly shiftKey: boolean }): InboxAction | undefined {
  if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return undefined;
  return actions[event.code];
}
