import type { ReactNode } from 'react';
import { useText } from '../i18n/use-text.ts';
import { PasswordField } from './password-field.tsx';

/** A new password, with what makes a good one. The server decides. */
export function NewPassword({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }): ReactNode {
  const { t } = useText();
  const length = [...value.normalize('NFKC')].length;
  return <PasswordField label={t('password.new')} name="new-password" autoComplete="new-password" value={value} onChange={onChange} help={`${t('password.help')} ${length === 0 ? '' : t('password.length', { length })}`} />;
}
