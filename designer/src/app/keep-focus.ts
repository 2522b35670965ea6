/** What can hold the focus in place of something in it that is gone. */
const holders = 'li, section, [role="tabpanel"], main';
const dialogs = '.ant-modal-root, [role="dialog"], [role="alertdialog"]';

/**
 * Keeps the keyboard's place: when what had the focus leaves the page, such as a dialog that closes or a button whose act is done, the
 * focus goes back to where it was before the dialog, or to what is left around it. Browsers let it fall to the top of the page instead.
 * WCAG 2.2, 2.4.3. Returns how to end it.
 */
export function keepFocus(): () => void {
  let last: Element | undefined;
  /** What had the focus last outside dialogs, and what is around it, from the inside out. */
  let place: readonly Element[] = [];

  const remember = ({ target }: FocusEvent): void => {
    if (!(target instanceof Element)) return;
    last = target;
    if (target.closest(dialogs) === null) place = [target, ...around(target)];
  };
  // Who points somewhere else has left on purpose.
  const forget = (): void => {
    if (document.querySelector(dialogs) === null) last = undefined;
  };
  const restore = (): void => {
    if (last === undefined || last.isConnected || (document.activeElement !== null && document.activeElement !== document.body)) return;
    const dialog = document.querySelector('[role="dialog"], [role="alertdialog"]');
    for (const element of [...(dialog === null ? place : [dialog]), document.getElementById('main')]) if (element instanceof HTMLElement && takesFocus(element)) return;
  };

  const observer = new MutationObserver(restore);
  observer.observe(document.body, { childList: true, subtree: true });
  document.addEventListener('focusin', remember);
  document.addEventListener('pointerdown', forget, true);
  return () => {
    observer.disconnect();
    document.removeEventListener('focusin', remember);
    document.removeEventListener('pointerdown', forget, true);
  };
}

function around(element: Element): readonly Element[] {
  const holder = element.parentElement?.closest(holders) ?? null;
  return holder === null ? [] : [holder, ...around(holder)];
}

/** Focuses it; what takes no focus otherwise takes it until it loses it. */
function takesFocus(element: HTMLElement): boolean {
  if (!element.isConnected) return false;
  if (element.tabIndex < 0 && !element.hasAttribute('tabindex')) {
    element.setAttribute('tabindex', '-1');
    element.addEventListener('blur', () => element.removeAttribute('tabindex'), { once: true });
  }
  element.focus({ preventScroll: true });
  return document.activeElement === element;
}
