import { Button } from 'antd';
import type { ReactNode } from 'react';
import { CopyButton } from '../../feedback/copy-button.tsx';
import { useText } from '../../i18n/use-text.ts';
import { StateMark } from '../../status/state-mark.tsx';

/** Backup codes, this once: to copy or to print, before going on. */
export function BackupCodes({ codes, onDone }: { readonly codes: readonly string[]; readonly onDone: () => void }): ReactNode {
  const { t } = useText();
  return (
    <section aria-label={t('backup.title')}>
      <p className="notice notice-attention" role="status">
        <StateMark state="attention" bare /> {t('backup.once')}
      </p>
      <ul className="backup-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <p className="row-actions">
        <CopyButton text={() => codes.join('\n')} label={t('backup.copy')} />
        <Button onClick={() => window.print()}>{t('backup.print')}</Button>
        <Button type="primary" onClick={onDone}>{t('backup.kept')}</Button>
      </p>
    </section>
  );
}
