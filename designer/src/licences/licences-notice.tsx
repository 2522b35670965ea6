import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useText } from '../i18n/use-text.ts';
import { EntryCount } from '../shell/entry-count.tsx';
import { StateMark } from '../status/state-mark.tsx';
import { pressing, useLicenceCounts } from './use-licence-counts.ts';

/** On the security administrator's first page: how many licences have ended or end within a week, and where they are. */
export function LicencesNotice(): ReactNode {
  const { t } = useText();
  const counts = useLicenceCounts();
  if (counts === undefined || pressing(counts) === 0) return null;
  return (
    <section className="notice notice-attention" role="status" aria-label={t('licences.title')}>
      <StateMark state="attention" bare />
      <p>
        {t('licences.notice', { ended: counts.ended, soon: counts.within7Days })} <Link to="/admin/licences">{t('licences.see')}</Link>
      </p>
    </section>
  );
}

/** How many cannot wait, at the entry of the rail. */
export function LicencesCount(): ReactNode {
  const { t } = useText();
  const counts = useLicenceCounts();
  if (counts === undefined) return null;
  return <EntryCount count={pressing(counts)} words={t('licences.count', { count: pressing(counts) })} />;
}
