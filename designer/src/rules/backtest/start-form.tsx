import { Button, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { ProblemNotice } from '../../feedback/feedback.tsx';
import { RefusalNotice } from '../../feedback/refusal-notice.tsx';
import type { CommandResult } from '../../graphql/command.ts';
import type { Ward } from '../../graphql/model.ts';
import { useText } from '../../i18n/use-text.ts';
import { useViewer } from '../../session/viewer.tsx';
import { instantsOf, rangeProblem, type ChosenRange } from '../date-range.ts';
import { DateRangeField } from '../date-range-field.tsx';
import type { RuleSetDetail } from '../model.ts';
import { useCommand } from '../use-command.ts';
import { CandidateField } from './candidate-field.tsx';
import { startBacktestDocument, type StartBacktestInput } from './documents.ts';
import { useCandidateChoice } from './use-candidate-choice.ts';

/** Roles that see decisions of every ward; doctor and head nurse see those of their own. The gateway decides again. */
const hospitalWide = ['pharmacist'];
const wardRoles = ['doctor', 'head-nurse'];

export interface StartFormProps {
  readonly ruleSet: RuleSetDetail;
  readonly wards: readonly Ward[];
  /** The page has edits that are not in the saved draft. */
  readonly isDirty: boolean;
  readonly onStarted: (id: string) => void;
}

/** What is to be tried over which recorded decisions. */
export function StartForm({ ruleSet, wards, isDirty, onStarted }: StartFormProps): ReactNode {
  const text = useText();
  const { t } = text;
  const viewer = useViewer();
  const send = useCommand(startBacktestDocument);
  const choice = useCandidateChoice(ruleSet);
  const { chosen, side } = choice;
  const [range, setRange] = useState<ChosenRange>({ choice: '30', from: '', to: '' });
  const [chosenWards, setChosenWards] = useState<readonly string[]>([]);
  const [isBusy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<CommandResult<unknown> | undefined>();
  // Given again as it was, to the instant: a repeat after silence is the same backtest.
  const [sent, setSent] = useState<StartBacktestInput | undefined>();
  const mayChoose = hospitalWide.some((role) => viewer.roles.includes(role)) ? wards : wardRoles.some((role) => viewer.roles.includes(role)) ? wards.filter(({ id }) => id === viewer.unit) : [];

  const start = (): void => {
    const instants = instantsOf(range, Date.now());
    if (side !== undefined && instants !== undefined) void give({ key: ruleSet.key, candidate: side, ...instants, wards: chosenWards });
  };
  async function give(input: StartBacktestInput): Promise<void> {
    setBusy(true);
    setSent(input);
    const answer = await send(input);
    setBusy(false);
    setOutcome(answer);
    // The payload as the document selects it.
    if (answer.kind === 'accepted') onStarted((answer.payload as { readonly backtest: { readonly id: string } }).backtest.id);
  }

  return (
    <section className="card backtest-start" aria-label={t('backtest.start.title')}>
      <h2>{t('backtest.start.title')}</h2>
      <p className="muted">{t('backtest.about')}</p>
      <div className="backtest-fields">
        <CandidateField choice={choice} />
        {mayChoose.length === 0 ? null : (
          <label className="field">
            <span>{t('backtest.wards')}</span>
            <Select mode="multiple" aria-label={t('backtest.wards')} placeholder={t('backtest.wards.all')} value={[...chosenWards]} onChange={(value: string[]) => setChosenWards(value)} options={mayChoose.map(({ id, name }) => ({ value: id, label: text.of(name, id) }))} />
          </label>
        )}
        <div className="field">
          <span>{t('backtest.range')}</span>
          <DateRangeField value={range} onChange={setRange} />
        </div>
      </div>
      {isDirty && chosen === 'draft' ? <p className="muted">{t('backtest.unsaved')}</p> : null}
      {outcome?.kind === 'refused' ? <RefusalNotice refusal={outcome.refusal} /> : null}
      {outcome?.kind === 'problem' ? <ProblemNotice problem={outcome.problem} {...(sent === undefined ? {} : { onRetry: () => void give(sent) })} /> : null}
      <Button type="primary" loading={isBusy} disabled={side === undefined || rangeProblem(range) !== undefined} onClick={start}>
        {t('backtest.start')}
      </Button>
    </section>
  );
}
