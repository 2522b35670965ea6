import { Input } from 'antd';
import { useId, type ReactNode } from 'react';

export interface PasswordFieldProps {
  readonly label: string;
  readonly name: string;
  readonly autoComplete: 'current-password' | 'new-password';
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly help?: ReactNode;
}

/** A password that can be shown and pasted (WCAG 3.3.8). */
export function PasswordField({ label, name, autoComplete, value, onChange, help }: PasswordFieldProps): ReactNode {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <Input.Password id={id} size="large" name={name} autoComplete={autoComplete} value={value} onChange={(event) => onChange(event.target.value)} {...(help === undefined ? {} : { 'aria-describedby': `${id}-help` })} />
      {help === undefined ? null : (
        <p id={`${id}-help`} className="muted small">
          {help}
        </p>
      )}
    </div>
  );
}
