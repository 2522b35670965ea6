import { countWords, shareWords } from '../backtest/result-words.ts';
import type { Words } from '../difference/condition-words.ts';
import type { ShadowCounts } from './model.ts';

/** What a shadow has seen so far in a sentence: `已判断 1,200 次，其中 3 次（0.3 %）与当时的结论不同；5 次无法比较…`. */
export function shadowWords({ judged, differing, notComparable, skipped }: ShadowCounts, { t, locale }: Pick<Words, 't' | 'locale'>): string {
  if (judged === 0 && skipped === 0) return t('shadow.sentence.none');
  const beside = ([['notComparable', notComparable], ['skipped', skipped]] as const).filter(([, count]) => count > 0).map(([kind, count]) => t(`shadow.part.${kind}`, { count: countWords(count) }));
  const compared = judged - notComparable;
  const sentence = differing === 0 ? t('shadow.sentence.same', { judged: countWords(judged) }) : t('shadow.sentence.differing', { judged: countWords(judged), differing: countWords(differing), share: shareWords(differing, compared) });
  const [end, joint] = locale === 'zh-CN' ? ['。', '；'] : ['.', '; '];
  return `${[sentence, ...beside].join(joint)}${end}`;
}
