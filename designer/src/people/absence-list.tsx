import type { ReactNode } from 'react';
import { useNow } from '../app/clock.ts';
import { useText } from '../i18n/use-text.ts';
import { StateMark } from '../status/state-mark.tsx';
import { Period } from './assignment-list.tsx';
import type { Absence } from './model.ts';

/** Absences, one a line. `viewerId`: whose page it is, so that it says 我的替班 or whom one stands in for. */
export function AbsenceList({ absences, viewerId, action }: { readonly absences: readonly Absence[]; readonly viewerId: string; readonly action?: (absence: Absence) => ReactNode }): ReactNode {
  const { t } = useText();
  const now = useNow();
  return (
    <ul className="people-lines" aria-label={t('people.absences')}>
      {absences.map((each) => {
        const isOver = each.endedAt !== null || Date.parse(each.endsAt) <= now;
        const state = isOver ? 'cancelled' : Date.parse(each.startsAt) > now ? 'waiting' : 'running';
        return (
          <li key={each.id} className="people-line" data-status={isOver ? 'ENDED' : 'IN_FORCE'}>
            <div className="people-line-head">
              <strong>{each.person.id === viewerId ? t('people.absence.substitute', { name: each.substitute.displayName }) : t('people.absence.standsIn', { name: each.person.displayName })}</strong>
              <StateMark state={state}>{t(`people.absence.${state}`)}</StateMark>
            </div>
            <p>
              <Period from={each.startsAt} until={each.endedAt ?? each.endsAt} />
            </p>
            <p className="muted small">{each.tasksPassedAt === null ? each.reason : `${each.reason} · ${t('people.absence.tasksPassed')}`}</p>
            {action === undefined || isOver ? null : <p className="row-actions">{action(each)}</p>}
          </li>
        );
      })}
    </ul>
  );
}
