import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { codeWord } from '#rule-words';
import { Segments } from '../../app/segments.tsx';
import { useText } from '../../i18n/use-text.ts';
import { factName, inputsOf } from '../difference/condition-words.ts';
import { ruleNaming } from '../rule-name.ts';
import { failureWords } from '../test-bench/difference-words.ts';
import { ChangeGroups } from './change-groups.tsx';
import { ChangeList } from './change-list.tsx';
import { changesDocument, type ChangeFilter } from './documents.ts';
import { LevelMatrix } from './level-matrix.tsx';
import type { Backtest, BacktestResult } from './model.ts';
import { countWords, resultWords } from './result-words.ts';

const kinds = ['STRICTER', 'LOOSER', 'OTHER_FINDINGS', 'NEWLY_INTERRUPTING'] as const;
const countOf: Readonly<Record<(typeof kinds)[number], keyof BacktestResult & ('stricter' | 'looser' | 'otherFindings' | 'newlyInterrupting')>> = { STRICTER: 'stricter', LOOSER: 'looser', OTHER_FINDINGS: 'otherFindings', NEWLY_INTERRUPTING: 'newlyInterrupting' };

/** The parts of the address that choose which changes are listed. */
const parts: Readonly<Record<keyof ChangeFilter, string>> = { kind: 'kind', levelBefore: 'before', levelAfter: 'after', ward: 'ward', drug: 'drug', ruleId: 'rule' };
const filterNames = Object.keys(parts) as readonly (keyof ChangeFilter)[];

export interface BacktestResultViewProps {
  readonly ruleSetKey: string;
  readonly backtest: Backtest;
  readonly result: BacktestResult;
  /** What was tried; undefined for a draft that is no more. */
  readonly document: unknown;
  /** A document that names rules and inputs. */
  readonly names: unknown;
}

/** What a backtest found: the sentence first, then where the changes are, then each of them. */
export function BacktestResultView({ ruleSetKey, backtest, result, document, names }: BacktestResultViewProps): ReactNode {
  const text = useText();
  const { t } = text;
  const [params, setParams] = useSearchParams();
  const nameOf = ruleNaming(names, text);
  const inputs = inputsOf(names);
  const read = (name: keyof ChangeFilter): string | null => params.get(parts[name]);
  const filter: ChangeFilter = { kind: kinds.find((kind) => kind === read('kind')) ?? null, levelBefore: read('levelBefore'), levelAfter: read('levelAfter'), ward: read('ward'), drug: read('drug'), ruleId: read('ruleId') };
  const choose = (chosen: Partial<ChangeFilter>): void => {
    const next = new URLSearchParams(params);
    for (const name of filterNames) {
      const value = chosen[name];
      if (value === undefined || value === null) next.delete(parts[name]);
      else next.set(parts[name], value);
    }
    setParams(next, { replace: true });
    window.document.getElementById('backtest-changes')?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <>
      <p className="backtest-sentence" role="status" data-changed={result.changed}>
        {resultWords(result, text)}
      </p>
      {result.notComparable === 0 ? null : (
        <details className="rule-lines">
          <summary>{t('backtest.notComparable', { count: countWords(result.notComparable) })}</summary>
          <p className="muted">{t('backtest.notComparable.about')}</p>
          <ul>
            {result.notComparableReasons.map(({ code, fact, count }) => (
              <li key={`${code}${fact}`}>{t('backtest.reason', { reason: text.lookup(`backtest.reason.${code}`, code), fact: factName(fact, undefined, inputs, text), count: countWords(count) })}</li>
            ))}
          </ul>
        </details>
      )}
      {result.failures.length === 0 ? null : (
        <div className="notice notice-attention">
          <div>
            <p>{t('backtest.failed', { count: countWords(result.failed) })}</p>
            <ul>
              {result.failures.map(({ failure, count }) => (
                <li key={failure}>
                  {failureWords(failure, names, text)} · {countWords(count)}
                </li>
              ))}
            </ul>
          </div>
        </div>
      )}
      {result.changed === 0 ? null : (
        <>
          <div className="trial-columns even">
            <section aria-label={t('backtest.matrix')}>
              <h3>{t('backtest.matrix')}</h3>
              <LevelMatrix matrix={result.matrix} chosen={{ from: filter.levelBefore, to: filter.levelAfter }} onChoose={(levelBefore, levelAfter) => choose({ levelBefore, levelAfter })} />
            </section>
            <section aria-label={t('backtest.groups')}>
              <h3>{t('backtest.groups')}</h3>
              <ChangeGroups result={result} nameOf={nameOf} onChoose={choose} />
            </section>
          </div>
          <section id="backtest-changes" aria-label={t('backtest.changes')}>
            <h3>{t('backtest.changes')}</h3>
            <Segments
              label={t('rules.filter')}
              value={filter.kind ?? (isUnfiltered(filter) ? 'all' : undefined)}
              onChange={(kind) => choose(kind === 'all' ? {} : { kind })}
              options={[{ value: 'all', label: t('backtest.kind.all', { count: countWords(result.changed) }) }, ...kinds.filter((kind) => result[countOf[kind]] > 0).map((kind) => ({ value: kind, label: t(`backtest.kind.${kind}`, { count: countWords(result[countOf[kind]]) }) }))]}
            />
            {isUnfiltered(filter) || filter.kind !== null ? null : (
              <p className="trial-bar">
                <span>{t('backtest.only', { what: filterWords(filter) })}</span>
                <button type="button" className="text-button" onClick={() => choose({})}>
                  {t('rules.clearFilter')}
                </button>
              </p>
            )}
            <ChangeList key={`${backtest.id} ${JSON.stringify(filter)}`} label={t('backtest.changes')} query={changesDocument} id={backtest.id} filter={filter} ruleSetKey={ruleSetKey} document={document} nameOf={nameOf} />
          </section>
        </>
      )}
    </>
  );

  function filterWords({ levelBefore, levelAfter, ward, drug, ruleId }: ChangeFilter): string {
    const level = (value: string): string => text.lookup(`decision.level.${value}`, value);
    const wardName = result.byWard.find(({ key }) => key === ward)?.name;
    return [
      levelBefore === null ? '' : level(levelBefore),
      levelAfter === null ? '' : `→ ${level(levelAfter)}`,
      ward === null ? '' : ward === '' ? t('backtest.noWard') : text.of(wardName, ward),
      drug === null ? '' : drug === '' ? t('backtest.noDrug') : codeWord('orderedIngredient', drug, text),
      ruleId === null ? '' : nameOf(ruleId),
    ].filter((part) => part !== '').join(' ');
  }
}

function isUnfiltered(filter: ChangeFilter): boolean {
  return filterNames.every((name) => filter[name] === null);
}
