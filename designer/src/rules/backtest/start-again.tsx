import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { ProblemNotice } from '../../feedback/feedback.tsx';
import { RefusalNotice } from '../../feedback/refusal-notice.tsx';
import type { CommandResult } from '../../graphql/command.ts';
import { useText } from '../../i18n/use-text.ts';
import { useViewer } from '../../session/viewer.tsx';
import type { RuleSetDetail } from '../model.ts';
import { mayWriteRules } from '../rule-trial-roles.ts';
import { useCommand } from '../use-command.ts';
import { sideOfCandidate, type Candidate } from './candidate.ts';
import { startBacktestDocument } from './documents.ts';
import type { Backtest } from './model.ts';

export interface StartAgainProps {
  readonly ruleSet: Pick<RuleSetDetail, 'key'>;
  readonly backtest: Pick<Backtest, 'from' | 'to' | 'wards' | 'failure'>;
  readonly candidate: Candidate;
  readonly onStarted: (id: string) => void;
}

/** Asks the same of the same document once more; nothing where that would end alike, for a draft that is no more, and for who only looks. */
export function StartAgain({ ruleSet, backtest, candidate, onStarted }: StartAgainProps): ReactNode {
  const { t } = useText();
  const viewer = useViewer();
  const send = useCommand(startBacktestDocument);
  const [isBusy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<CommandResult<unknown> | undefined>();
  const side = sideOfCandidate(candidate);
  if (side === undefined || !mayWriteRules(viewer) || backtest.failure === 'BACKTEST_TOO_LONG') return null;
  async function start(given: NonNullable<typeof side>): Promise<void> {
    setBusy(true);
    const answer = await send({ key: ruleSet.key, candidate: given, from: backtest.from, to: backtest.to, wards: backtest.wards });
    setBusy(false);
    setOutcome(answer);
    // The payload as the document selects it.
    if (answer.kind === 'accepted') onStarted((answer.payload as { readonly backtest: { readonly id: string } }).backtest.id);
  }
  return (
    <>
      {outcome?.kind === 'refused' ? <RefusalNotice refusal={outcome.refusal} /> : null}
      {outcome?.kind === 'problem' ? <ProblemNotice problem={outcome.problem} onRetry={() => void start(side)} /> : null}
      <Button loading={isBusy} onClick={() => void start(side)}>
        {t('backtest.startAgain')}
      </Button>
    </>
  );
}
