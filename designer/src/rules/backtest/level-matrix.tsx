import type { ReactNode } from 'react';
import { LevelMark } from '../../facts/fact-list.tsx';
import { useText } from '../../i18n/use-text.ts';
import { levels, type MatrixCell } from './model.ts';
import { countWords } from './result-words.ts';

export interface LevelMatrixProps {
  readonly matrix: readonly MatrixCell[];
  readonly chosen: { readonly from: string | null; readonly to: string | null };
  readonly onChoose: (from: string, to: string) => void;
}

/** How many decisions went from which level to which; a cell with changes opens their list. Levels that nothing has are left out. */
export function LevelMatrix({ matrix, chosen, onChoose }: LevelMatrixProps): ReactNode {
  const text = useText();
  const { t } = text;
  const word = (level: string): string => text.lookup(`decision.level.${level}`, level);
  const rows = levels.filter((level) => matrix.some(({ from }) => from === level));
  const columns = levels.filter((level) => matrix.some(({ to }) => to === level));
  return (
    <div className="table-scroll">
      <table className="level-matrix" aria-label={t('backtest.matrix')}>
        <thead>
          <tr>
            <th scope="col">{t('backtest.matrix.corner')}</th>
            {columns.map((to) => (
              <th key={to} scope="col">
                <LevelMark level={to} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((from) => (
            <tr key={from}>
              <th scope="row">
                <LevelMark level={from} />
              </th>
              {columns.map((to) => {
                const count = matrix.find((cell) => cell.from === from && cell.to === to)?.count ?? 0;
                // Levels are listed strongest first.
                const kind = from === to ? 'same' : levels.indexOf(to) < levels.indexOf(from) ? 'stricter' : 'looser';
                return (
                  <td key={to} data-kind={kind} data-cell={`${from}-${to}`}>
                    {count === 0 ? (
                      <span className="muted">0</span>
                    ) : kind === 'same' ? (
                      countWords(count)
                    ) : (
                      <button type="button" className="text-button" aria-pressed={chosen.from === from && chosen.to === to} aria-label={t('backtest.matrix.cell', { from: word(from), to: word(to), count: countWords(count) })} onClick={() => onChoose(from, to)}>
                        {countWords(count)} {kind === 'stricter' ? '↑' : '↓'}
                      </button>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
