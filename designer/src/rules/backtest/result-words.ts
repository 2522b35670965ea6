import type { Words } from '../difference/condition-words.ts';
import type { BacktestResult } from './model.ts';

/** A count as people read it: `12,345`. */
export function countWords(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A share of a whole with one decimal: `0.3 %`; what is not nothing is never shown as nothing. */
export function shareWords(part: number, whole: number): string {
  if (whole === 0) return '—';
  const percent = (part / whole) * 100;
  if (part > 0 && percent < 0.1) return '< 0.1 %';
  if (part < whole && percent > 99.9) return '> 99.9 %';
  return `${Number(percent.toFixed(1))} %`;
}

/** The result in a sentence: `12,345 次判断中有 38 次（0.3 %）改变：30 次更严，8 次更松…`. */
export function resultWords(result: BacktestResult, { t, locale }: Pick<Words, 't' | 'locale'>): string {
  const decisions = countWords(result.compared);
  if (result.decisions === 0) return t('backtest.sentence.none');
  if (result.compared === 0) return t('backtest.sentence.notComparable', { decisions: countWords(result.decisions) });
  if (result.changed === 0) return t('backtest.sentence.same', { decisions });
  const parts = ([['stricter', result.stricter], ['looser', result.looser], ['otherFindings', result.otherFindings], ['newlyInterrupting', result.newlyInterrupting], ['noLongerInterrupting', result.noLongerInterrupting]] as const)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => t(`backtest.part.${kind}`, { count: countWords(count) }));
  return t('backtest.sentence.changed', { decisions, changed: countWords(result.changed), share: shareWords(result.changed, result.compared), parts: parts.join(locale === 'zh-CN' ? '，' : ', ') });
}
