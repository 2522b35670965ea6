import { Button } from 'antd';
import { useEffect, useEffectEvent, useRef, useState, type ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { useNow } from '../../app/clock.ts';
import { Segments } from '../../app/segments.tsx';
import { Empty, Loading, ProblemNotice } from '../../feedback/feedback.tsx';
import { ReasonDialog } from '../../feedback/reason-dialog.tsx';
import { useText } from '../../i18n/use-text.ts';
import { useCandidateWords } from '../backtest/backtest-view.tsx';
import { candidateOf, type Candidate } from '../backtest/candidate.ts';
import { ChangeList } from '../backtest/change-list.tsx';
import { countWords } from '../backtest/result-words.ts';
import { useCandidateDocument } from '../backtest/use-candidate-document.ts';
import type { RuleSetDetail } from '../model.ts';
import { ruleNaming } from '../rule-name.ts';
import { useCommand } from '../use-command.ts';
import { shadowDifferencesDocument, stopShadowDocument } from './documents.ts';
import type { Shadow } from './model.ts';
import { ShadowState } from './shadow-state.tsx';
import { shadowWords } from './shadow-words.ts';
import { useShadow } from './use-shadow.ts';

const kinds = ['STRICTER', 'LOOSER', 'OTHER_FINDINGS', 'NEWLY_INTERRUPTING'] as const;

export interface ShadowViewProps {
  readonly id: string;
  readonly ruleSet: RuleSetDetail;
  readonly draftHash: string | undefined;
  /** It has come to an end since it was last read. */
  readonly onEnded: () => void;
}

/** One shadow: what judges since when and by whom, what it has seen, how to stop it, and where it differs. */
export function ShadowView({ id, ruleSet, draftHash, onEnded }: ShadowViewProps): ReactNode {
  const text = useText();
  const { t } = text;
  const now = useNow();
  const { shadow, problem, again } = useShadow(id);
  const wordsOf = useCandidateWords();
  const [isStopping, setStopping] = useState(false);
  const tellEnded = useEffectEvent(onEnded);
  const wasRunning = useRef(false);
  const isRunning = shadow?.isRunning;
  useEffect(() => {
    if (wasRunning.current && isRunning === false) tellEnded();
    wasRunning.current = isRunning === true;
  }, [isRunning]);
  if (shadow === undefined) return problem === undefined ? <Loading rows={3} /> : <ProblemNotice problem={problem} onRetry={again} />;
  if (shadow === null) return <Empty>{t('shadow.unknown')}</Empty>;
  const { startedAt, startedBy, endsAt, stoppedAt, stoppedBy, stopReason, counts, hourlyLimit } = shadow;
  const candidate = candidateOf(shadow, ruleSet, draftHash);
  return (
    <div className="shadow-view" data-shadow={id} data-running={shadow.isRunning}>
      <p className="rule-card-head">
        <ShadowState shadow={shadow} />
        <strong>{wordsOf(candidate)}</strong>
        <span className="muted">{t('shadow.since', { person: startedBy.displayName, time: text.dateTime(startedAt) })}</span>
        {shadow.isRunning ? <span className="muted">{t('shadow.until', { time: text.dateTime(endsAt), relative: text.relative(endsAt, now) })}</span> : null}
      </p>
      {shadow.isRunning ? null : <p>{stoppedAt === null ? t('shadow.endedAt', { time: text.dateTime(endsAt) }) : t('shadow.stoppedBy', { person: stoppedBy?.displayName ?? '', time: text.dateTime(stoppedAt), reason: text.lookup(`shadow.reason.${stopReason ?? ''}`, stopReason ?? '') })}</p>}
      {problem === undefined ? null : <ProblemNotice problem={problem} onRetry={again} />}
      <p className="backtest-sentence" role="status" data-judged={counts.judged} data-differing={counts.differing}>
        {shadowWords(counts, text)}
      </p>
      {counts.kept < counts.differing ? <p className="notice notice-attention">{t('shadow.keptOnly', { kept: countWords(counts.kept), limit: countWords(hourlyLimit) })}</p> : null}
      {shadow.isRunning && ruleSet.viewerCan.edit ? (
        <p>
          <Button onClick={() => setStopping(true)}>{t('shadow.stop')}</Button>
        </p>
      ) : null}
      <Differences shadow={shadow} ruleSet={ruleSet} candidate={candidate} />
      {isStopping ? (
        <StopDialog
          id={id}
          onClose={() => {
            setStopping(false);
            // Also when it was refused: it may have ended meanwhile.
            again();
          }}
        />
      ) : null}
    </div>
  );
}

/** The differences as they were when the list was opened: those that come while it is read wait behind a button. */
function Differences({ shadow, ruleSet, candidate }: { readonly shadow: Shadow; readonly ruleSet: RuleSetDetail; readonly candidate: Candidate }): ReactNode {
  const text = useText();
  const { t } = text;
  const [params, setParams] = useSearchParams();
  const { document, names, isReading } = useCandidateDocument(ruleSet, candidate);
  const { kept } = shadow.counts;
  const [listed, setListed] = useState(kept);
  // The first ones move nothing.
  if (listed === 0 && kept > 0) setListed(kept);
  const kind = kinds.find((each) => each === params.get('differs')) ?? 'all';
  if (kept === 0) return null;
  if (isReading) return <Loading rows={4} />;
  const choose = (chosen: string): void => {
    const next = new URLSearchParams(params);
    if (chosen === 'all') next.delete('differs');
    else next.set('differs', chosen);
    setParams(next, { replace: true });
  };
  return (
    <section aria-label={t('shadow.differences')}>
      <h3>{t('shadow.differences')}</h3>
      <div className="trial-bar">
        <Segments label={t('rules.filter')} value={kind} onChange={choose} options={(['all', ...kinds] as const).map((value) => ({ value, label: t(`shadow.kind.${value}`) }))} />
        {kept > listed ? (
          <Button size="small" onClick={() => setListed(kept)}>
            {t('shadow.newer', { count: countWords(kept - listed) })}
          </Button>
        ) : null}
      </div>
      <ChangeList key={`${kind} ${listed}`} label={t('shadow.differences')} query={shadowDifferencesDocument} id={shadow.id} filter={{ kind: kind === 'all' ? null : kind }} isGrowing={shadow.isRunning} ruleSetKey={ruleSet.key} document={document} nameOf={ruleNaming(names, text)} />
    </section>
  );
}

function StopDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }): ReactNode {
  const { t } = useText();
  const send = useCommand(stopShadowDocument);
  return <ReasonDialog title={t('shadow.stop.title')} effect={t('shadow.stop.effect')} action={t('shadow.stop')} onAct={(reason) => send({ shadowId: id, reason })} onClose={onClose} />;
}
