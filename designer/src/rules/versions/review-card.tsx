import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useQuery } from 'urql';
import { useNow } from '../../app/clock.ts';
import { ReasonDialog } from '../../feedback/reason-dialog.tsx';
import type { CommandResult } from '../../graphql/command.ts';
import { useText } from '../../i18n/use-text.ts';
import { roleNames } from '../../session/role-names.ts';
import { useViewer } from '../../session/viewer.tsx';
import { StateMark } from '../../status/state-mark.tsx';
import { approveDocument, returnReviewDocument } from '../commands.ts';
import { Compared } from '../difference/compared.tsx';
import { reviewedDocument } from '../documents.ts';
import { asRuleSetDocument } from '../edit/editable-document.ts';
import { effectiveTimeOf, instantOf, timeProblem } from '../effective-time.ts';
import { EffectiveTimeField } from '../effective-time-field.tsx';
import type { Review, RuleSetDetail } from '../model.ts';
import { FailedCases, failedCasesOf } from '../test-bench/failed-cases.tsx';
import { ruleNames, unsignedRules } from '../unsigned-rules.ts';
import { useCommand } from '../use-command.ts';

export interface ReviewCardProps {
  readonly ruleSet: RuleSetDetail;
  readonly review: Review;
  readonly onChanged: () => void;
}

/** The open review: who asks for what and why, what it changes, and the second person's word on it. */
export function ReviewCard({ ruleSet, review, onChanged }: ReviewCardProps): ReactNode {
  const text = useText();
  const { t } = text;
  const now = useNow();
  const viewer = useViewer();
  const [open, setOpen] = useState<'approve' | 'return' | undefined>();
  const mayApprove = ruleSet.viewerCan.approve && review.mayApprove;
  const isMine = review.requestedBy.id === viewer.id;
  const close = (done: boolean): void => {
    setOpen(undefined);
    if (done) onChanged();
  };
  const people = review.editors.map(({ displayName }) => displayName).join(text.locale === 'zh-CN' ? '、' : ', ');
  return (
    <section className="card review-card" aria-label={t('rules.review.title')} data-review={review.id}>
      <header className="rule-card-head">
        <h2>{t('rules.review.heading', { version: review.version })}</h2>
        <StateMark state="attention">{t('rules.review.open')}</StateMark>
      </header>
      <dl className="facts">
        <dt>{t('rules.review.by')}</dt>
        <dd>
          {review.requestedBy.displayName} · {text.dateTime(review.requestedAt)} <span className="muted">({text.relative(review.requestedAt, now)})</span>
        </dd>
        <dt>{t('rules.review.comment')}</dt>
        <dd>{review.comment}</dd>
        <dt>{t('rules.effectiveAt')}</dt>
        <dd>{review.effectiveAt === null ? t('rules.effective.onApproval') : text.dateTime(review.effectiveAt)}</dd>
        <dt>{t('rules.review.editors')}</dt>
        <dd>{people}</dd>
        <dt>SHA-256</dt>
        <dd>
          <code className="hash">{review.hash}</code>
        </dd>
      </dl>
      {ruleSet.inEffect === null ? (
        <p className="muted">{t('rules.review.first')}</p>
      ) : (
        <>
          <h3>{t('rules.review.changes', { version: ruleSet.inEffect.version })}</h3>
          <Compared ruleSet={ruleSet.key} from={{ version: ruleSet.inEffect.version }} to={{ reviewId: review.id }} />
        </>
      )}
      <Unsigned reviewId={review.id} />
      {mayApprove ? null : <p className="muted">{ruleSet.viewerCan.approve ? t('rules.review.tookPart') : t('rules.review.notOwner', { role: roleNames([ruleSet.ownerRole], text) })}</p>}
      {!mayApprove && !isMine && !ruleSet.viewerCan.approve ? null : (
        <div className="row-actions end">
          {isMine || ruleSet.viewerCan.approve ? <Button onClick={() => setOpen('return')}>{t(isMine ? 'rules.review.withdraw' : 'rules.review.return')}</Button> : null}
          {mayApprove ? (
            <Button type="primary" onClick={() => setOpen('approve')}>
              {t('rules.review.approve')}
            </Button>
          ) : null}
        </div>
      )}
      {open === 'return' ? <ReturnDialog review={review} isMine={isMine} onClose={close} /> : null}
      {open === 'approve' ? <ApproveDialog ruleSet={ruleSet} review={review} onClose={close} /> : null}
    </section>
  );
}

/** What of the reviewed document would only advise, which the words of a change alone hardly tell; it stands where it is read and where it is approved. */
function Unsigned({ reviewId }: { readonly reviewId: string }): ReactNode {
  const text = useText();
  const [result] = useQuery({ query: reviewedDocument, variables: { id: reviewId } });
  const document = asRuleSetDocument(result.data?.ruleSetReview?.document);
  const unsigned = document === undefined ? [] : unsignedRules(document);
  if (unsigned.length === 0) return null;
  return (
    <p className="notice notice-attention">
      <StateMark state="attention" bare /> {text.t('rules.sign.needed', { count: unsigned.length, names: ruleNames(unsigned, text) })}
    </p>
  );
}

function ReturnDialog({ review, isMine, onClose }: { readonly review: Review; readonly isMine: boolean; readonly onClose: (done: boolean) => void }): ReactNode {
  const { t } = useText();
  const send = useCommand(returnReviewDocument);
  const action = t(isMine ? 'rules.review.withdraw' : 'rules.review.return');
  return <ReasonDialog title={action} effect={t('rules.review.returnEffect')} action={action} label={t('rules.comment')} onAct={(comment) => send({ reviewId: review.id, comment })} onClose={onClose} />;
}

function ApproveDialog({ ruleSet, review, onClose }: { readonly ruleSet: RuleSetDetail; readonly review: Review; readonly onClose: (done: boolean) => void }): ReactNode {
  const { t } = useText();
  const now = useNow();
  const send = useCommand(approveDocument);
  const [time, setTime] = useState(() => effectiveTimeOf(review.effectiveAt, now));
  const [failedCases, setFailedCases] = useState<readonly string[]>([]);
  const problem = timeProblem(time, now);
  const approve = async (comment: string): Promise<CommandResult<unknown>> => {
    // Without a time the request's own counts: at once has to be said where it asks for a later one.
    const effectiveAt = time.isLater ? instantOf(time.entered) : review.effectiveAt === null ? undefined : new Date().toISOString();
    const result = await send({ reviewId: review.id, comment, ...(effectiveAt === undefined ? {} : { effectiveAt }) });
    setFailedCases(failedCasesOf(result));
    return result;
  };
  return (
    <ReasonDialog
      title={t('rules.review.approve')}
      effect={ruleSet.inEffect === null ? t('rules.review.firstEffect', { version: review.version }) : t('rules.review.approveEffect', { version: review.version, current: ruleSet.inEffect.version })}
      action={t('rules.review.approve')}
      label={t('rules.comment')}
      missing={problem === undefined ? undefined : t(`rules.effective.${problem}`)}
      onAct={approve}
      onClose={onClose}
    >
      <FailedCases ruleSetKey={ruleSet.key} against="review" names={failedCases} onFollow={() => onClose(false)} />
      <Unsigned reviewId={review.id} />
      <EffectiveTimeField value={time} onChange={setTime} />
    </ReasonDialog>
  );
}
