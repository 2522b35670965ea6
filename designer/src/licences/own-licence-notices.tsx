import type { ReactNode } from 'react';
import { useQuery } from 'urql';
import { useText } from '../i18n/use-text.ts';
import { StateMark } from '../status/state-mark.tsx';
import { ownEndingLicencesDocument } from './documents.ts';
import { useLossWords } from './losses.ts';

/** What the reader's own licences that end or have ended take from them, when, and whom to ask; nothing where none does. */
export function OwnLicenceNotices(): ReactNode {
  const text = useText();
  const lossesOf = useLossWords();
  const [result] = useQuery({ query: ownEndingLicencesDocument, variables: {}, requestPolicy: 'cache-and-network' });
  return (result.data?.ownRoles.endingLicences ?? []).map((each) => {
    const values = { licence: text.lookup(`people.licence.${each.code}`, each.code), time: text.dateTime(each.validUntil), days: each.daysLeft, losses: lossesOf(each) };
    return (
      <div key={each.id} className="notice notice-attention" role="status" data-licence={each.stage}>
        <StateMark state={each.stage === 'ENDED' ? 'overdue' : 'attention'} bare />
        <div>
          <p>{text.t(each.stage === 'ENDED' ? 'licences.own.ended' : 'licences.own.ends', values)}</p>
          <p>{text.t('licences.own.ask')}</p>
        </div>
      </div>
    );
  });
}
