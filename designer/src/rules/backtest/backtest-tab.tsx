import { useState, type ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import '../../app/styles/rule-trials.css';
import { Empty, Loading, ProblemNotice } from '../../feedback/feedback.tsx';
import { problemOf } from '../../graphql/problem.ts';
import { useText } from '../../i18n/use-text.ts';
import { useViewer } from '../../session/viewer.tsx';
import { StateMark } from '../../status/state-mark.tsx';
import type { State } from '../../status/state.ts';
import type { RuleSetDetail } from '../model.ts';
import { mayWriteRules } from '../rule-trial-roles.ts';
import { ShadowSection } from '../shadow/shadow-section.tsx';
import { BacktestView, useCandidateWords } from './backtest-view.tsx';
import { candidateOf } from './candidate.ts';
import { backtestFrameDocument, backtestsDocument } from './documents.ts';
import type { BacktestRow, BacktestStatus } from './model.ts';
import { countWords } from './result-words.ts';
import { StartForm } from './start-form.tsx';

const states: Readonly<Record<BacktestStatus, State>> = { WAITING: 'waiting', RUNNING: 'running', DONE: 'done', FAILED: 'failed', INTERRUPTED: 'cancelled' };

/** 回测: a draft, review or version over recorded decisions; the chosen backtest stands in the address. */
export function BacktestTab({ ruleSet, isDirty }: { readonly ruleSet: RuleSetDetail; readonly isDirty: boolean }): ReactNode {
  const viewer = useViewer();
  const [params, setParams] = useSearchParams();
  const [frame, frameAgain] = useQuery({ query: backtestFrameDocument, variables: { key: ruleSet.key }, requestPolicy: 'cache-and-network' });
  const [list, listAgain] = useQuery({ query: backtestsDocument, variables: { key: ruleSet.key }, requestPolicy: 'cache-and-network' });
  // Of the draft that the page shows: it may have been saved since the frame was read.
  const [seenRevision, setSeenRevision] = useState(ruleSet.revision);
  if (seenRevision !== ruleSet.revision) {
    setSeenRevision(ruleSet.revision);
    frameAgain({ requestPolicy: 'network-only' });
  }
  const chosen = params.get('backtest');
  const wards = frame.data?.wards ?? [];
  const draftHash = frame.data?.ruleSet?.draft?.hash;
  const open = (id: string): void => {
    const next = new URLSearchParams({ tab: 'backtest', backtest: id });
    setParams(next);
  };
  const readList = (): void => listAgain({ requestPolicy: 'network-only' });
  const openStarted = (id: string): void => {
    open(id);
    readList();
  };
  const error = frame.error ?? list.error;
  if (frame.data === undefined) return error === undefined ? <Loading rows={6} /> : <ProblemNotice problem={problemOf(error)} onRetry={() => frameAgain({ requestPolicy: 'network-only' })} />;
  return (
    <>
      {chosen === null ? null : <BacktestView key={chosen} id={chosen} ruleSet={ruleSet} draftHash={draftHash} wards={wards} onStarted={openStarted} onEnded={readList} />}
      {mayWriteRules(viewer) ? (
        <StartForm ruleSet={ruleSet} wards={wards} isDirty={isDirty} onStarted={openStarted} />
      ) : null}
      <ShadowSection ruleSet={ruleSet} draftHash={draftHash} isDirty={isDirty} />
      {list.error === undefined ? <Earlier rows={list.data?.backtests} ruleSet={ruleSet} draftHash={draftHash} chosen={chosen} onOpen={open} /> : <ProblemNotice problem={problemOf(list.error)} onRetry={readList} />}
    </>
  );
}

interface EarlierProps {
  readonly rows: readonly BacktestRow[] | undefined;
  readonly ruleSet: RuleSetDetail;
  readonly draftHash: string | undefined;
  readonly chosen: string | null;
  readonly onOpen: (id: string) => void;
}

function Earlier({ rows, ruleSet, draftHash, chosen, onOpen }: EarlierProps): ReactNode {
  const text = useText();
  const { t } = text;
  const wordsOf = useCandidateWords();
  return (
    <section className="card" aria-label={t('backtest.earlier')}>
      <h2>{t('backtest.earlier')}</h2>
      {rows === undefined ? <Loading rows={2} /> : rows.length === 0 ? <Empty>{t('backtest.none')}</Empty> : (
        <ul className="plain-list">
          {rows.map((row) => (
            <li key={row.id} className="backtest-row" data-backtest-row={row.id} aria-current={row.id === chosen}>
              <StateMark state={states[row.status]}>{t(`backtest.status.${row.status}`)}</StateMark>
              <button type="button" className="text-button" onClick={() => onOpen(row.id)}>
                {wordsOf(candidateOf(row, ruleSet, draftHash))} · {text.dateTime(row.requestedAt)}
              </button>
              <span className="muted">{row.requestedBy.displayName}</span>
              {row.result === null ? null : <span>{t('backtest.found', { decisions: countWords(row.result.decisions), changed: countWords(row.result.changed) })}</span>}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
