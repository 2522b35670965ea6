import { Button } from 'antd';
import type { ReactNode } from 'react';
import { changeLocale } from '../i18n/i18n.ts';
import { useText } from '../i18n/use-text.ts';

/** Switches between the two languages; its face is the other language's name in that language. */
export function LanguageSwitch(): ReactNode {
  const { locale, t } = useText();
  const other = locale === 'zh-CN' ? 'en' : 'zh-CN';
  const name = other === 'en' ? 'English' : '中文';
  return (
    <Button type="text" onClick={() => changeLocale(other)} aria-label={t('top.language', { name })}>
      <span lang={other}>{name}</span>
    </Button>
  );
}
