import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { useNow } from '../app/clock.ts';
import { Loading, ProblemNotice } from '../feedback/feedback.tsx';
import { nodesOf } from '../graphql/model.ts';
import { problemOf } from '../graphql/problem.ts';
import { useText } from '../i18n/use-text.ts';
import { useViewer } from '../session/viewer.tsx';
import type { State } from '../status/state.ts';
import { StateMark } from '../status/state-mark.tsx';
import { AccessLogList } from './access-log-list.tsx';
import { accessEntriesDocument } from './documents.ts';
import { IdentityLine } from './identity-line.tsx';
import type { AccessReview, EmergencyAccess, ReviewOutcome } from './model.ts';
import { ReviewDialog } from './review-dialog.tsx';

const outcomeMarks: Readonly<Record<ReviewOutcome, State>> = { JUSTIFIED: 'done', NOT_JUSTIFIED: 'failed', NEEDS_INQUIRY: 'unknown' };

/** One emergency access: who, to whom, when, why, what was read in it, and what a privacy officer found. */
export function AccessCard({ access, onReviewed }: { readonly access: EmergencyAccess; readonly onReviewed: () => void }): ReactNode {
  const text = useText();
  const { t } = text;
  const viewer = useViewer();
  const now = useNow();
  const [isShown, setShown] = useState(false);
  const [isReviewing, setReviewing] = useState(false);
  const [newest] = access.reviews;
  const state: State = access.isOpen ? 'running' : newest === undefined ? 'attention' : outcomeMarks[newest.outcome];
  const mayReview = viewer.roles.includes('privacy-officer') && !access.isOpen;
  return (
    <article className="card access-card" data-access={access.id} data-state={state}>
      <header className="access-head">
        <StateMark state={state}>{access.isOpen ? t('privacy.status.OPEN') : newest === undefined ? t('privacy.status.TO_REVIEW') : t(`privacy.outcome.${newest.outcome}`)}</StateMark>
        <strong>{access.person.displayName}</strong>
        <span className="muted">
          {text.dateTime(access.startedAt)} ({text.relative(access.startedAt, now)}) · {access.endedAt === null ? t('privacy.until', { time: text.when(access.expiresAt, now) }) : t('privacy.endedAt', { time: text.when(access.endedAt, now) })}
        </span>
      </header>
      <IdentityLine patient={access.patient} />
      <p>
        <span className="label">{t('access.reason')}</span> {t(`access.reason.${access.reasonCode}`)} — {access.reason}
      </p>
      {access.reviews.map((review, index) => (
        <Review key={review.id} review={review} isCorrected={index > 0} />
      ))}
      {isShown ? <Entries access={access} /> : null}
      <p className="row-actions">
        {mayReview ? (
          <Button type={newest === undefined ? 'primary' : 'default'} onClick={() => setReviewing(true)}>
            {newest === undefined ? t('privacy.review') : t('privacy.correct')}
          </Button>
        ) : null}
        <Button aria-expanded={isShown} onClick={() => setShown(!isShown)}>
          {isShown ? t('privacy.hideEntries') : t('privacy.showEntries')}
        </Button>
        <Link to={`/patients/${access.patient.patientId}/access-log`}>{t('privacy.log')}</Link>
      </p>
      {isReviewing ? (
        <ReviewDialog
          access={access}
          onClose={(done) => {
            setReviewing(false);
            if (done) onReviewed();
          }}
        />
      ) : null}
    </article>
  );
}

function Review({ review, isCorrected }: { readonly review: AccessReview; readonly isCorrected: boolean }): ReactNode {
  const text = useText();
  return (
    <p className={isCorrected ? 'muted' : ''}>
      <span className="label">{isCorrected ? text.t('privacy.corrected') : text.t('privacy.finding')}</span> {text.t(`privacy.outcome.${review.outcome}`)} — {review.comment}{' '}
      <span className="muted nowrap">
        ({review.reviewedBy.displayName}, {text.dateTime(review.reviewedAt)})
      </span>
    </p>
  );
}

function Entries({ access }: { readonly access: EmergencyAccess }): ReactNode {
  const { t } = useText();
  const [result] = useQuery({ query: accessEntriesDocument, variables: { personId: access.person.id, patientId: access.patient.patientId, from: access.startedAt }, requestPolicy: 'network-only' });
  if (result.error !== undefined) return <ProblemNotice problem={problemOf(result.error)} />;
  if (result.data === undefined) return <Loading rows={2} />;
  const entries = nodesOf(result.data.emergencyAccesses).find(({ id }) => id === access.id)?.entries ?? [];
  return (
    <section aria-label={t('privacy.entries')}>
      <h3>{t('privacy.entries')}</h3>
      <AccessLogList entries={entries} />
    </section>
  );
}
