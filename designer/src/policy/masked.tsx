import { EyeInvisibleOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useText } from '../i18n/use-text.ts';

/** Stands where the access policy hides a value: never the same as a value that is not there. */
export function Masked(): ReactNode {
  const { t } = useText();
  return (
    <span className="masked" title={t('policy.maskedHint')}>
      <EyeInvisibleOutlined aria-hidden /> {t('policy.masked')}
    </span>
  );
}
