import { Button } from 'antd';
import type { FormEvent, ReactNode } from 'react';
import { useText } from '../../i18n/use-text.ts';
import type { AuthRefusal } from '../../session/auth-door.ts';
import { AuthRefusalNotice } from '../../session/auth-refusal-notice.tsx';

export interface FactorFormProps {
  readonly label: string;
  readonly className?: string;
  /** The verb on the button; without it there is nothing to send yet. */
  readonly action: string | undefined;
  readonly busy: boolean;
  readonly refusal: Pick<AuthRefusal, 'key' | 'code'> | undefined;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A form that adds a factor: its fields, the way on and back, and why it was refused. */
export function FactorForm({ label, className, action, busy, refusal, onSubmit, onClose, children }: FactorFormProps): ReactNode {
  const { t } = useText();

  function submit(event: FormEvent): void {
    event.preventDefault();
    onSubmit();
  }

  return (
    <form className={className} onSubmit={submit} aria-label={label}>
      {children}
      <div className="row-actions">
        {action === undefined ? null : (
          <Button type="primary" htmlType="submit" size="large" loading={busy}>
            {action}
          </Button>
        )}
        <Button size="large" onClick={onClose}>{t('common.back')}</Button>
      </div>
      <div className="sign-in-answer">
        <AuthRefusalNotice refusal={refusal} />
      </div>
    </form>
  );
}
