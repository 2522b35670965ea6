import { Button } from 'antd';
import { useEffect, useRef, type ReactNode } from 'react';
import type { Operating } from './use-operating.ts';
import { useText } from '../i18n/use-text.ts';

/** Beside the picture where the panel is out of sight: what to pick, how much is collected, and the way to the form. */
export function PickBar({ hint, count, undo }: Operating['picking']): ReactNode {
  const { t } = useText();
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Out of the layout where the panel stands beside the picture.
    if (bar.current !== null && bar.current.offsetParent !== null) bar.current.scrollIntoView({ block: 'start' });
  }, []);
  return (
    <div className="pick-bar" ref={bar}>
      <span>{hint}</span>
      <span className="row-actions">
        {undo === undefined ? null : <Button onClick={undo}>{t('operate.undo')}</Button>}
        <Button type={count > 0 ? 'primary' : 'default'} onClick={() => document.getElementById('case-panel')?.scrollIntoView({ block: 'start' })}>
          {t('operate.toForm', { count })}
        </Button>
      </span>
    </div>
  );
}
