import { useText } from '../i18n/use-text.ts';
import { useRoleWords } from '../people/assignment-list.tsx';
import type { EndingLicence } from './documents.ts';

/** The roles that a licence takes with it, in words; of somebody else, with whom they were passed on to. */
export function useLossWords(): (licence: Pick<EndingLicence, 'losses' | 'person'>) => string {
  const { t, locale } = useText();
  const words = useRoleWords();
  return ({ losses, person }) =>
    losses.length === 0 ? t('licences.noLoss') : losses.map((loss) => (loss.person.id === person.id ? words(loss) : t('licences.lossOf', { role: words(loss), name: loss.person.displayName }))).join(locale === 'zh-CN' ? '、' : ', ');
}
