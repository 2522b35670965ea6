import { useState, type ReactNode } from 'react';
import { codeWord } from '#rule-words';
import { Segments } from '../../app/segments.tsx';
import { LevelMark } from '../../facts/fact-list.tsx';
import { useText } from '../../i18n/use-text.ts';
import type { ChangeFilter } from './documents.ts';
import type { BacktestGroup, BacktestResult } from './model.ts';
import { countWords } from './result-words.ts';

type Grouping = 'rule' | 'drug' | 'ward' | 'severity';

export interface ChangeGroupsProps {
  readonly result: BacktestResult;
  readonly nameOf: (ruleId: string) => string;
  readonly onChoose: (filter: Partial<ChangeFilter>) => void;
}

/** Where the changes are: by rule, drug, ward and new level; each line opens its decisions. */
export function ChangeGroups({ result, nameOf, onChoose }: ChangeGroupsProps): ReactNode {
  const text = useText();
  const { t } = text;
  const [grouping, setGrouping] = useState<Grouping>('rule');
  const groups: Readonly<Record<Exclude<Grouping, 'rule'>, readonly BacktestGroup[]>> = { drug: result.byDrug, ward: result.byWard, severity: result.bySeverity };
  const offered = (['rule', 'drug', 'ward', 'severity'] as const).filter((each) => each === 'rule' || groups[each].length > 0);
  return (
    <>
      <Segments label={t('backtest.groups')} value={grouping} onChange={setGrouping} options={offered.map((value) => ({ value, label: t(`backtest.by.${value}`) }))} />
      <div className="table-scroll">
        {grouping === 'rule' ? (
          <table className="trial-table" aria-label={t('backtest.by.rule')}>
            <thead>
              <tr>
                <th scope="col">{t('backtest.by.rule')}</th>
                <th scope="col">{t('backtest.newlyFired')}</th>
                <th scope="col">{t('backtest.noLongerFired')}</th>
              </tr>
            </thead>
            <tbody>
              {result.byRule.map(({ ruleId, newlyFired, noLongerFired }) => (
                <tr key={ruleId} data-group={ruleId}>
                  <th scope="row">
                    <button type="button" className="text-button" onClick={() => onChoose({ ruleId })}>
                      {nameOf(ruleId)}
                    </button>
                  </th>
                  <td>{countWords(newlyFired)}</td>
                  <td>{countWords(noLongerFired)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        ) : (
          <table className="trial-table" aria-label={t(`backtest.by.${grouping}`)}>
            <thead>
              <tr>
                <th scope="col">{t(`backtest.by.${grouping}`)}</th>
                <th scope="col">{t('backtest.changed')}</th>
                <th scope="col">{t('backtest.stricter')}</th>
                <th scope="col">{t('backtest.looser')}</th>
                <th scope="col">{t('backtest.newlyInterrupting')}</th>
                <th scope="col">{t('backtest.decisions')}</th>
              </tr>
            </thead>
            <tbody>
              {groups[grouping].map((group) => (
                <tr key={group.key} data-group={group.key}>
                  <th scope="row">
                    {group.changed === 0 ? (
                      label(grouping, group)
                    ) : (
                      <button type="button" className="text-button" onClick={() => onChoose(grouping === 'ward' ? { ward: group.key } : grouping === 'drug' ? { drug: group.key } : { levelAfter: group.key })}>
                        {label(grouping, group)}
                      </button>
                    )}
                  </th>
                  {[group.changed, group.stricter, group.looser, group.newlyInterrupting, group.decisions].map((count, place) => (
                    <td key={place}>{countWords(count)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </>
  );

  function label(by: Exclude<Grouping, 'rule'>, { key, name }: BacktestGroup): ReactNode {
    if (by === 'severity') return <LevelMark level={key} />;
    if (key === '') return t(by === 'ward' ? 'backtest.noWard' : 'backtest.noDrug');
    return by === 'ward' ? text.of(name, key) : codeWord('orderedIngredient', key, text);
  }
}
