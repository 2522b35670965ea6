import type { Text } from '../i18n/use-text.ts';

/** Roles in the reader's words; one without a word as it stands. */
export function roleNames(roles: readonly string[], { lookup, locale }: Pick<Text, 'lookup' | 'locale'>): string {
  return roles.map((role) => lookup(`role.${role}`, role)).join(locale === 'zh-CN' ? '、' : ', ');
}
