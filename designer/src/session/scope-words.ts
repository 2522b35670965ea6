import type { Viewer } from '../graphql/model.ts';
import type { Text } from '../i18n/use-text.ts';

/** Where a person works: their wards, the whole hospital for who has a role without one, or that they have no role. */
export function scopeWords({ roles, assignments }: Pick<Viewer, 'roles' | 'assignments'>, { t, of, locale }: Pick<Text, 't' | 'of' | 'locale'>): string {
  if (roles.length === 0) return t('people.noRole');
  const wards = [...new Set(assignments.flatMap(({ unit, unitName }) => (unit === null ? [] : [of(unitName, unit)])))];
  return wards.length === 0 ? t('top.allWards') : wards.join(locale === 'zh-CN' ? '、' : ', ');
}
