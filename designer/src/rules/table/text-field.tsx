import { useId, useState, type ReactNode } from 'react';

export interface TextFieldProps {
  readonly label: string;
  readonly text: string;
  readonly isReadOnly: boolean;
  /** What is wrong with a text, in words. */
  readonly problemOf: (text: string) => string | undefined;
  readonly onWrite: (text: string) => void;
}

/** One text that is handed on with Enter, or when the focus leaves it, once it can be read; Esc takes back what was written. */
export function TextField({ label, text, isReadOnly, problemOf, onWrite }: TextFieldProps): ReactNode {
  const id = useId();
  const [written, setWritten] = useState<string | undefined>();
  const problem = written === undefined ? undefined : problemOf(written);

  function finish(): void {
    if (written === undefined || problem !== undefined) return;
    setWritten(undefined);
    if (written !== text) onWrite(written);
  }

  return (
    <span className="rule-text-field">
      <input
        aria-label={label}
        value={written ?? text}
        readOnly={isReadOnly}
        spellCheck={false}
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-problem`}
        onChange={(event) => setWritten(event.target.value)}
        onBlur={finish}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Enter') finish();
          else if (event.key === 'Escape') setWritten(undefined);
        }}
      />
      <span id={`${id}-problem`} className="field-error small" role="status">
        {problem}
      </span>
    </span>
  );
}
