import type { ReactNode } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { ChangePassword } from './change-password.tsx';
import type { SecuritySectionProps } from './section.ts';

/** The own password. Absent for who has none here. */
export function PasswordSection({ overview: { hasPassword, person } }: SecuritySectionProps): ReactNode {
  const { t } = useText();
  if (!hasPassword) return null;
  return (
    <section className="card" aria-labelledby="security-password">
      <h2 id="security-password">{t('password.title')}</h2>
      <ChangePassword username={person.username} />
    </section>
  );
}
