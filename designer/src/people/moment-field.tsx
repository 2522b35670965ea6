import { Input } from 'antd';
import { useId, type ReactNode } from 'react';
import { useText } from '../i18n/use-text.ts';
import { instantOf } from '../rules/effective-time.ts';

/** A time on the reader's clock, repeated in the reader's words. `empty` says what holds while nothing is entered. */
export function MomentField({ label, value, empty, onChange }: { readonly label: string; readonly value: string; readonly empty: string; readonly onChange: (value: string) => void }): ReactNode {
  const text = useText();
  const id = useId();
  const instant = instantOf(value);
  return (
    <label className="field" htmlFor={id}>
      <span>{label}</span>
      <Input id={id} type="datetime-local" className="effective-input" value={value} onChange={(event) => onChange(event.target.value)} aria-describedby={`${id}-help`} />
      <span id={`${id}-help`} className="muted small">{instant === undefined ? empty : text.dateTime(instant)}</span>
    </label>
  );
}
