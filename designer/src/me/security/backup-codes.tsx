import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { StateMark } from '../../status/state-mark.tsx';

/** Backup codes, this once: to copy or to print, before going on. */
export function BackupCodes({ codes, onDone }: { readonly codes: readonly string[]; readonly onDone: () => void }): ReactNode {
  const { t } = useText();
  const [copied, setCopied] = useState(false);
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
        <Button onClick={() => void navigator.clipboard.writeText(codes.join('\n')).then(() => setCopied(true), () => undefined)}>{copied ? t('common.copied') : t('backup.copy')}</Button>
        <Button onClick={() => window.print()}>{t('backup.print')}</Button>
        <Button type="primary" onClick={onDone}>{t('backup.kept')}</Button>
      </p>
    </section>
  );
}
