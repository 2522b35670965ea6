import { Input } from 'antd';
import { useId, type ReactNode } from 'react';
import { Segments } from '../app/segments.tsx';
import { useNow } from '../app/clock.ts';
import { useText } from '../i18n/use-text.ts';
import { instantOf, type EffectiveTime } from './effective-time.ts';

export interface EffectiveTimeFieldProps {
  readonly value: EffectiveTime;
  readonly onChange: (value: EffectiveTime) => void;
}

/** At once, or at a time on the reader's clock, which is repeated in words. */
export function EffectiveTimeField({ value, onChange }: EffectiveTimeFieldProps): ReactNode {
  const text = useText();
  const { t } = text;
  const now = useNow();
  const id = useId();
  const instant = instantOf(value.entered);
  return (
    <div className="field">
      <span>{t('rules.effectiveAt')}</span>
      <Segments
        label={t('rules.effectiveAt')}
        value={value.isLater ? 'later' : 'now'}
        onChange={(chosen) => onChange({ ...value, isLater: chosen === 'later' })}
        options={[
          { value: 'now', label: t('rules.effective.now') },
          { value: 'later', label: t('rules.effective.later') },
        ]}
      />
      {value.isLater ? (
        <>
          <Input id={id} type="datetime-local" className="effective-input" aria-label={t('rules.effective.later')} value={value.entered} onChange={(event) => onChange({ ...value, entered: event.target.value })} />
          <span className="muted">{instant === undefined ? t('rules.effective.missing') : t('rules.effective.at', { time: text.dateTime(instant), relative: text.relative(instant, now) })}</span>
        </>
      ) : (
        <span className="muted">{t('rules.effective.nowAbout')}</span>
      )}
    </div>
  );
}
