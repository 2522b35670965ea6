import { Button, InputNumber, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { ProblemNotice } from '../../feedback/feedback.tsx';
import { RefusalNotice } from '../../feedback/refusal-notice.tsx';
import type { CommandResult } from '../../graphql/command.ts';
import { useText } from '../../i18n/use-text.ts';
import { CandidateField } from '../backtest/candidate-field.tsx';
import { useCandidateChoice } from '../backtest/use-candidate-choice.ts';
import type { RuleSetDetail } from '../model.ts';
import { useCommand } from '../use-command.ts';
import { startShadowDocument, type StartShadowInput } from './documents.ts';
import { hoursOf, maximumHourlyLimit, maximumHours, type Duration } from './duration.ts';

export interface StartShadowProps {
  readonly ruleSet: RuleSetDetail;
  /** The page has edits that are not in the saved draft. */
  readonly isDirty: boolean;
  /** One runs already: another one cannot be started beside it. */
  readonly isRunning: boolean;
  readonly onStarted: () => void;
  /** It was refused, for example because somebody else has started one meanwhile. */
  readonly onRunning: () => void;
}

/** What is to judge beside the version in effect, for how long, and how many differences are kept. */
export function StartShadow({ ruleSet, isDirty, isRunning, onStarted, onRunning }: StartShadowProps): ReactNode {
  const { t } = useText();
  const send = useCommand(startShadowDocument);
  const choice = useCandidateChoice(ruleSet);
  const [duration, setDuration] = useState<Duration>({ amount: 7, unit: 'day' });
  const [hourlyLimit, setHourlyLimit] = useState<number | null>(100);
  const [isBusy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<CommandResult<unknown> | undefined>();
  const hours = hoursOf(duration);
  const input: StartShadowInput | undefined = choice.side === undefined || hours === undefined || hourlyLimit === null ? undefined : { key: ruleSet.key, candidate: choice.side, hours, hourlyLimit };
  const refusal = outcome?.kind === 'refused' ? outcome.refusal : undefined;

  async function start(given: StartShadowInput): Promise<void> {
    setBusy(true);
    const answer = await send(given);
    setBusy(false);
    setOutcome(answer);
    if (answer.kind === 'accepted') onStarted();
    else if (answer.kind === 'refused') onRunning();
  }

  if (isRunning) return refusal === undefined ? null : <RefusalNotice refusal={refusal} />;
  return (
    <div className="backtest-start" role="group" aria-label={t('shadow.start.title')}>
      <h3>{t('shadow.start.title')}</h3>
      <div className="backtest-fields">
        <CandidateField choice={choice} />
        <div className="field">
          <span>{t('shadow.duration')}</span>
          <span className="shadow-duration">
            <InputNumber aria-label={t('shadow.duration')} value={duration.amount} min={1} max={duration.unit === 'day' ? maximumHours / 24 : maximumHours} precision={0} onChange={(amount) => setDuration({ ...duration, amount })} />
            <Select aria-label={t('shadow.duration.unit')} value={duration.unit} onChange={(unit) => setDuration({ ...duration, unit })} options={(['day', 'hour'] as const).map((value) => ({ value, label: t(`shadow.duration.${value}`) }))} />
          </span>
          {hours === undefined ? <span className="field-error">{t('shadow.duration.problem')}</span> : null}
        </div>
        <label className="field">
          <span>{t('shadow.hourlyLimit')}</span>
          <InputNumber aria-label={t('shadow.hourlyLimit')} value={hourlyLimit} min={1} max={maximumHourlyLimit} precision={0} onChange={setHourlyLimit} />
          <span className={hourlyLimit === null ? 'field-error' : 'muted small'}>{t('shadow.hourlyLimit.about')}</span>
        </label>
      </div>
      {isDirty && choice.chosen === 'draft' ? <p className="muted">{t('shadow.unsaved')}</p> : null}
      {refusal === undefined || refusal.code === 'SHADOW_RUNNING' ? null : <RefusalNotice refusal={refusal} />}
      {outcome?.kind === 'problem' ? <ProblemNotice problem={outcome.problem} {...(input === undefined ? {} : { onRetry: () => void start(input) })} /> : null}
      <Button type="primary" loading={isBusy} disabled={input === undefined} onClick={() => (input === undefined ? undefined : void start(input))}>
        {t('shadow.start')}
      </Button>
    </div>
  );
}
