/** A text field as it was before a scanner typed into it. */
export class FieldSnapshot {
  readonly #field: HTMLInputElement | HTMLTextAreaElement;
  readonly #value: string;
  readonly #selection: readonly [number | null, number | null];

  constructor(field: HTMLInputElement | HTMLTextAreaElement) {
    this.#field = field;
    this.#value = field.value;
    this.#selection = [field.selectionStart, field.selectionEnd];
  }

  /** Puts the value back, telling the framework; cancels a composition that the input method began. */
  restore(): void {
    const hadFocus = document.activeElement === this.#field;
    if (hadFocus) this.#field.blur();
    this.#write();
    // An input method may commit what it composed only after the blur.
    setTimeout(() => {
      this.#write();
      if (!hadFocus) return;
      this.#field.focus({ preventScroll: true });
      try {
        this.#field.setSelectionRange(this.#selection[0], this.#selection[1]);
      } catch {
        // Fields such as number have no selection to put back.
      }
    }, 0);
  }

  #write(): void {
    if (this.#field.value === this.#value) return;
    const prototype = this.#field instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
    Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(this.#field, this.#value);
    this.#field.dispatchEvent(new Event('input', { bubbles: true }));
  }
}

const withoutText = new Set(['button', 'submit', 'reset', 'checkbox', 'radio', 'range', 'color', 'file', 'image', 'hidden']);

/** True for an element that a person types into. */
export function isTextField(element: Element | null): element is HTMLInputElement | HTMLTextAreaElement {
  return element instanceof HTMLTextAreaElement || (element instanceof HTMLInputElement && !withoutText.has(element.type));
}

/** The field that has the focus, as it is now. */
export function takeSnapshot(element: Element | null): FieldSnapshot | undefined {
  return isTextField(element) ? new FieldSnapshot(element) : undefined;
}
