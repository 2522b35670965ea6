import type { ReactNode } from 'react';
import { useText } from '../i18n/use-text.ts';
import type { AccessLogEntry } from './model.ts';

/** Who did what, when, and by which relation where the record says so. */
export function AccessLogList({ entries }: { readonly entries: readonly AccessLogEntry[] }): ReactNode {
  const text = useText();
  if (entries.length === 0) return <p className="muted">{text.t('privacy.noEntries')}</p>;
  return (
    <ol className="access-log">
      {entries.map((entry) => (
        <li key={entry.sequence} data-action={entry.action}>
          <time className="nowrap" dateTime={entry.at}>
            {text.dateTime(entry.at)}
          </time>
          <span>{text.of(entry.sentence)}</span>
          {entry.relation === null ? null : <span className="chip">{text.lookup(`access.relation.${entry.relation}`, entry.relation)}</span>}
        </li>
      ))}
    </ol>
  );
}
