import type { ReactNode } from 'react';
import { useNow } from '../app/clock.ts';
import type { AuditEntry } from '../graphql/model.ts';
import { formatClock } from '../i18n/format-date.ts';
import { useText } from '../i18n/use-text.ts';
import { StateMark } from '../status/state-mark.tsx';
import '../app/styles/timeline.css';
import { actionState } from './action-state.ts';
import { EntryDetail } from './entry-detail.tsx';
import { foldTimeline, type TimelineRow } from './fold-timeline.ts';

function Entry({ entry, showCase }: { readonly entry: AuditEntry; readonly showCase: boolean }): ReactNode {
  const text = useText();
  const now = useNow();
  const differs = Math.abs(Date.parse(entry.occurredAt) - Date.parse(entry.recordedAt)) >= 60_000;
  return (
    <li className="timeline-entry" data-action={entry.action}>
      <span className="timeline-mark">
        <StateMark state={actionState(entry.action)} bare />
      </span>
      <div className="timeline-body">
        <p>
          <time dateTime={entry.recordedAt} title={text.dateTime(entry.recordedAt)}>
            {formatClock(entry.recordedAt)}
          </time>{' '}
          <span className="timeline-sentence">{text.of(entry.sentence, entry.action)}</span> <span className="muted small nowrap">{text.relative(entry.recordedAt, now)}</span>
        </p>
        {entry.lateEntry || differs ? (
          <p className="small">
            {entry.lateEntry ? <span className="late-mark">{text.t('timeline.lateEntry')}</span> : null} <span className="muted">{text.t('timeline.occurred', { time: text.dateTime(entry.occurredAt) })}</span>
          </p>
        ) : null}
        <EntryDetail entry={entry} showCase={showCase} />
      </div>
    </li>
  );
}

function Row({ row, showCase }: { readonly row: TimelineRow<AuditEntry>; readonly showCase: boolean }): ReactNode {
  const text = useText();
  if (row.kind === 'entry') return <Entry entry={row.entry} showCase={showCase} />;
  if (row.kind === 'wait') {
    return (
      <li className="timeline-wait">
        <StateMark state="waiting">{text.t('timeline.wait', { time: text.duration(row.durationMs) })}</StateMark>
      </li>
    );
  }
  return (
    <li className="timeline-folded">
      <details>
        <summary>{text.t('timeline.folded', { count: row.entries.length })}</summary>
        <ul>
          {row.entries.map((entry) => (
            <li key={entry.id}>
              <time dateTime={entry.recordedAt}>{formatClock(entry.recordedAt)}</time> {text.of(entry.sentence, entry.action)}
            </li>
          ))}
        </ul>
      </details>
    </li>
  );
}

export interface TimelineProps {
  /** Oldest first. */
  readonly entries: readonly AuditEntry[];
  readonly label: string;
  /** Links to the case, where the entries are of several. */
  readonly showCase?: boolean;
}

/** Business sentences by day, newest first; technical entries are folded, long waits said in a line. */
export function Timeline({ entries, label, showCase = false }: TimelineProps): ReactNode {
  const text = useText();
  const days = new Map<string, AuditEntry[]>();
  for (const entry of entries) {
    const day = text.dateTime(entry.recordedAt).slice(0, -6);
    days.set(day, [...(days.get(day) ?? []), entry]);
  }
  if (entries.length === 0) return <p className="muted">{text.t('timeline.empty')}</p>;
  return (
    <div className="timeline" role="region" aria-label={label}>
      {[...days].reverse().map(([day, list]) => (
        <section key={day} aria-label={day}>
          <h3 className="timeline-day">{day}</h3>
          <ol reversed>
            {[...foldTimeline(list)].reverse().map((row) => (
              <Row key={row.kind === 'entry' ? row.entry.id : row.id} row={row} showCase={showCase} />
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}
