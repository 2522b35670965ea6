import { Progress } from 'antd';
import { useEffect, useEffectEvent, type ReactNode } from 'react';
import { Empty, Loading, ProblemNotice } from '../../feedback/feedback.tsx';
import type { Ward } from '../../graphql/model.ts';
import { useText } from '../../i18n/use-text.ts';
import { StateMark } from '../../status/state-mark.tsx';
import type { RuleSetDetail } from '../model.ts';
import { listWords } from '../rule-name.ts';
import { BacktestResultView } from './backtest-result.tsx';
import { candidateOf, type Candidate } from './candidate.ts';
import type { Backtest } from './model.ts';
import { countWords } from './result-words.ts';
import { StartAgain } from './start-again.tsx';
import { useBacktest } from './use-backtest.ts';
import { useCandidateDocument } from './use-candidate-document.ts';

export interface BacktestViewProps {
  readonly id: string;
  readonly ruleSet: RuleSetDetail;
  readonly draftHash: string | undefined;
  readonly wards: readonly Ward[];
  /** The same was started once more. */
  readonly onStarted: (id: string) => void;
  /** It has come to an end since it was last read. */
  readonly onEnded: () => void;
}

/** What a candidate is called. */
export function useCandidateWords(): (candidate: Candidate) => string {
  const { t } = useText();
  return (candidate) => {
    switch (candidate.kind) {
      case 'version':
        return t('rules.version', { version: candidate.version });
      case 'review':
        return t('backtest.reviewed', { version: candidate.version });
      case 'draft':
        return t('rules.compare.draft');
      case 'earlierDraft':
        return t('backtest.earlierDraft');
    }
  };
}

/** One backtest: what was tried over what, how far it has come, what it found. */
export function BacktestView({ id, ruleSet, draftHash, wards, onStarted, onEnded }: BacktestViewProps): ReactNode {
  const text = useText();
  const { t } = text;
  const { backtest, problem, again } = useBacktest(id);
  const wordsOf = useCandidateWords();
  const tellEnded = useEffectEvent(onEnded);
  const status = backtest?.status;
  useEffect(() => {
    if (status === 'DONE' || status === 'FAILED' || status === 'INTERRUPTED') tellEnded();
  }, [status]);
  if (problem !== undefined) return <ProblemNotice problem={problem} onRetry={again} />;
  if (backtest === null) return <Empty>{t('backtest.unknown')}</Empty>;
  if (backtest === undefined) return <Loading rows={4} />;
  const candidate = candidateOf(backtest, ruleSet, draftHash);
  const wardNames = backtest.wards.map((ward) => text.of(wards.find((each) => each.id === ward)?.name, ward));
  return (
    <section className="card" aria-label={t('backtest.result')} data-backtest={backtest.id} data-status={backtest.status}>
      <h2>{t('backtest.heading', { candidate: wordsOf(candidate) })}</h2>
      {candidate.kind === 'earlierDraft' ? <p className="notice notice-attention">{t('backtest.earlierDraft.about')}</p> : null}
      <p className="muted">
        {t('backtest.over', { from: text.dateTime(backtest.from), to: text.dateTime(backtest.to) })} · {wardNames.length === 0 ? t('backtest.wards.all') : listWords(wardNames, text)} · {t('backtest.by', { person: backtest.requestedBy.displayName, time: text.dateTime(backtest.requestedAt) })}
      </p>
      <Running backtest={backtest} />
      {backtest.status === 'FAILED' || backtest.status === 'INTERRUPTED' ? <StartAgain ruleSet={ruleSet} backtest={backtest} candidate={candidate} onStarted={onStarted} /> : null}
      {backtest.result === null ? null : <Found ruleSet={ruleSet} backtest={backtest} candidate={candidate} />}
    </section>
  );
}

function Running({ backtest }: { readonly backtest: Backtest }): ReactNode {
  const { t, lookup } = useText();
  const { status, read, total, failure } = backtest;
  if (status === 'DONE') return null;
  if (status === 'FAILED' || status === 'INTERRUPTED') {
    return (
      <p className="notice notice-failed" role="alert">
        <StateMark state="failed">{lookup(`backtest.failure.${failure ?? status}`, t('backtest.failure.BACKTEST_FAILED'))}</StateMark>
      </p>
    );
  }
  return (
    <div role="status">
      <Progress percent={total === null || total === 0 ? 0 : Math.floor((read / total) * 100)} status="active" showInfo={total !== null} aria-label={t('backtest.progress')} />
      <p>{status === 'WAITING' ? t('backtest.waiting') : total === null ? t('backtest.uncounted', { read: countWords(read) }) : t('backtest.running', { read: countWords(read), total: countWords(total) })}</p>
    </div>
  );
}

function Found({ ruleSet, backtest, candidate }: { readonly ruleSet: RuleSetDetail; readonly backtest: Backtest; readonly candidate: Candidate }): ReactNode {
  const { document, names, isReading } = useCandidateDocument(ruleSet, candidate);
  if (backtest.result === null) return null;
  if (isReading) return <Loading rows={6} />;
  return <BacktestResultView ruleSetKey={ruleSet.key} backtest={backtest} result={backtest.result} document={document} names={names} />;
}
