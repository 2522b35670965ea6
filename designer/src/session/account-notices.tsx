import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useClient, useQuery } from 'urql';
import { useText } from '../i18n/use-text.ts';
import { StateMark } from '../status/state-mark.tsx';
import { acknowledgeNoticesDocument, accountNoticesDocument } from './documents.ts';

/** What happened to the person's account since they were last here, until they have read it. */
export function AccountNotices(): ReactNode {
  const { t, dateTime, lookup } = useText();
  const client = useClient();
  const [result, again] = useQuery({ query: accountNoticesDocument, variables: {} });
  const notices = result.data?.viewer?.accountNotices ?? [];
  if (notices.length === 0) return null;

  async function acknowledge(): Promise<void> {
    await client.mutation(acknowledgeNoticesDocument, { noticeIds: notices.map(({ id }) => id) }).toPromise();
    again({ requestPolicy: 'network-only' });
  }

  return (
    <section className="notice notice-attention account-notices" role="status" aria-label={t('accountNotice.title')}>
      <StateMark state="attention" bare />
      <div>
        {notices.map((notice) => (
          <p key={notice.id}>
            {notice.kind === 'wrongTries' ? t('accountNotice.wrongTries', { count: notice.wrongTries ?? 0, addresses: notice.addresses ?? 0 }) : lookup(`accountNotice.${notice.kind}`, notice.kind)} <span className="muted">{dateTime(notice.createdAt)}</span>
          </p>
        ))}
        <p className="notice-actions">
          <Button size="small" onClick={() => void acknowledge()}>
            {t('accountNotice.read')}
          </Button>
        </p>
      </div>
    </section>
  );
}
