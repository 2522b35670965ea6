import { useState, type ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import { Empty, Loading, ProblemNotice } from '../../feedback/feedback.tsx';
import { problemOf } from '../../graphql/problem.ts';
import { useText } from '../../i18n/use-text.ts';
import { roleNames } from '../../session/role-names.ts';
import { useCandidateWords } from '../backtest/backtest-view.tsx';
import { candidateOf } from '../backtest/candidate.ts';
import { countWords } from '../backtest/result-words.ts';
import type { RuleSetDetail } from '../model.ts';
import { shadowsDocument } from './documents.ts';
import type { Shadow } from './model.ts';
import { ShadowState } from './shadow-state.tsx';
import { ShadowView } from './shadow-view.tsx';
import { StartShadow } from './start-shadow.tsx';

export interface ShadowSectionProps {
  readonly ruleSet: RuleSetDetail;
  /** Of the draft as it is saved now. */
  readonly draftHash: string | undefined;
  /** The page has edits that are not in the saved draft. */
  readonly isDirty: boolean;
}

/** 影子运行: a document that judges beside the version in effect, one at a time; the one that is looked at stands in the address. */
export function ShadowSection({ ruleSet, draftHash, isDirty }: ShadowSectionProps): ReactNode {
  const text = useText();
  const { t } = text;
  const [params, setParams] = useSearchParams();
  const [list, again] = useQuery({ query: shadowsDocument, variables: { key: ruleSet.key }, requestPolicy: 'cache-and-network' });
  // What was read stays while a newer reading fails.
  const [seen, setSeen] = useState<readonly Shadow[] | undefined>();
  const current = list.data?.ruleShadows;
  if (current !== undefined && current !== seen) setSeen(current);
  const shadows = current ?? seen;
  const running = shadows?.find(({ isRunning }) => isRunning);
  // One that ends stays in sight.
  const [watched, setWatched] = useState<string | undefined>();
  if (running !== undefined && running.id !== watched) setWatched(running.id);
  const chosen = params.get('shadow') ?? running?.id ?? watched;
  const mayRun = ruleSet.viewerCan.edit;
  const readList = (): void => again({ requestPolicy: 'network-only' });
  const show = (id: string | undefined): void => {
    const next = new URLSearchParams(params);
    if (id === undefined) next.delete('shadow');
    else next.set('shadow', id);
    setParams(next);
  };
  return (
    <section className="card" aria-label={t('shadow.title')} data-shadows={shadows?.length}>
      <h2>{t('shadow.title')}</h2>
      <p className="muted">{t('shadow.about')}</p>
      {list.error === undefined ? null : <ProblemNotice problem={problemOf(list.error)} onRetry={readList} />}
      {chosen === undefined ? null : <ShadowView key={chosen} id={chosen} ruleSet={ruleSet} draftHash={draftHash} onEnded={readList} />}
      {shadows === undefined ? list.error === undefined ? <Loading rows={3} /> : null : (
        <>
          {mayRun ? (
            <StartShadow
              ruleSet={ruleSet}
              isDirty={isDirty}
              isRunning={running !== undefined}
              onStarted={() => {
                show(undefined);
                readList();
              }}
              onRunning={readList}
            />
          ) : (
            <p className="muted">{t('shadow.who', { role: roleNames([ruleSet.ownerRole, 'process-owner'], text) })}</p>
          )}
          {shadows.length === 0 ? <Empty>{t(mayRun ? 'shadow.none' : 'shadow.noneYet')}</Empty> : <Earlier rows={shadows} chosen={chosen} ruleSet={ruleSet} draftHash={draftHash} onOpen={show} />}
        </>
      )}
    </section>
  );
}

interface EarlierProps {
  readonly rows: readonly Shadow[];
  readonly chosen: string | undefined;
  readonly ruleSet: RuleSetDetail;
  readonly draftHash: string | undefined;
  readonly onOpen: (id: string) => void;
}

/** Every shadow there was; the one that runs is among them when another one is looked at. */
function Earlier({ rows, chosen, ruleSet, draftHash, onOpen }: EarlierProps): ReactNode {
  const text = useText();
  const { t } = text;
  const wordsOf = useCandidateWords();
  const shown = rows.filter(({ id, isRunning }) => !isRunning || id !== chosen);
  if (shown.length === 0) return null;
  return (
    <>
      <h3>{t('shadow.earlier')}</h3>
      <ul className="plain-list">
        {shown.map((shadow) => (
          <li key={shadow.id} className="backtest-row" data-shadow-row={shadow.id} aria-current={shadow.id === chosen}>
            <ShadowState shadow={shadow} />
            <button type="button" className="text-button" onClick={() => onOpen(shadow.id)}>
              {wordsOf(candidateOf(shadow, ruleSet, draftHash))} · {text.dateTime(shadow.startedAt)}
            </button>
            <span className="muted">{shadow.startedBy.displayName}</span>
            <span>{t('shadow.found', { judged: countWords(shadow.counts.judged), differing: countWords(shadow.counts.differing) })}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
