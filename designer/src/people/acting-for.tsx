import type { ReactNode } from 'react';
import '../app/styles/people.css';
import { useText } from '../i18n/use-text.ts';
import { useViewer } from '../session/viewer.tsx';

/** In the top bar: for whom the viewer stands in now. Nothing when for nobody. */
export function ActingFor(): ReactNode {
  const { t, locale } = useText();
  const names = [...new Set(useViewer().assignments.flatMap(({ onBehalfOf }) => (onBehalfOf === null ? [] : [onBehalfOf.displayName])))];
  return names.length === 0 ? null : <span className="chip acting-for">{t('people.actingFor', { names: names.join(locale === 'zh-CN' ? '、' : ', ') })}</span>;
}
