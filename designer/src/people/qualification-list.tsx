import type { ReactNode } from 'react';
import { useNow } from '../app/clock.ts';
import { useText } from '../i18n/use-text.ts';
import { StateMark } from '../status/state-mark.tsx';
import type { Qualification } from './model.ts';
import { Period } from './assignment-list.tsx';

/** Licences, one a line, with a warning a month before one runs out. */
export function QualificationList({ qualifications, action }: { readonly qualifications: readonly Qualification[]; readonly action?: (qualification: Qualification) => ReactNode }): ReactNode {
  const text = useText();
  const { t } = text;
  const now = useNow();
  return (
    <ul className="people-lines" aria-label={t('people.licences')}>
      {qualifications.map((each) => {
        const isOver = each.revokedAt !== null || (each.validUntil !== null && Date.parse(each.validUntil) <= now);
        return (
          <li key={each.id} className="people-line" data-status={isOver ? 'ENDED' : 'IN_FORCE'}>
            <div className="people-line-head">
              <strong>{text.lookup(`people.licence.${each.code}`, each.code)}</strong>
              {each.revokedAt !== null ? <StateMark state="cancelled">{t('people.licence.revoked')}</StateMark> : isOver ? <StateMark state="overdue">{t('people.licence.over')}</StateMark> : each.expiresSoon ? <StateMark state="attention">{t('people.expiresSoon')}</StateMark> : <StateMark state="done">{t('people.licence.valid')}</StateMark>}
            </div>
            <p>
              {each.identifier === null ? null : <span>{t('people.licence.of', { number: each.identifier })} </span>}
              <Period from={each.validFrom} until={each.revokedAt ?? each.validUntil} />
            </p>
            {action === undefined || isOver ? null : <p className="row-actions">{action(each)}</p>}
          </li>
        );
      })}
    </ul>
  );
}
