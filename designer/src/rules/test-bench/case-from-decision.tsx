import { Button, Input, Modal } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { ProblemNotice } from '../../feedback/feedback.tsx';
import { RefusalNotice } from '../../feedback/refusal-notice.tsx';
import type { CommandResult } from '../../graphql/command.ts';
import type { Decision } from '../../graphql/model.ts';
import { useText } from '../../i18n/use-text.ts';
import { useViewer } from '../../session/viewer.tsx';
import { StateMark } from '../../status/state-mark.tsx';
import { mayWriteRules } from '../rule-trial-roles.ts';
import { useCommand } from '../use-command.ts';
import { caseFromDecisionDocument, mayWriteDocument } from './documents.ts';

interface MadeCase {
  readonly case: { readonly id: string } | null;
}

/** A button that saves a case which expects what a recorded decision decided; nothing for who may not write its rule set. */
export function CaseFromDecision({ decision }: { readonly decision: Pick<Decision, 'decisionId' | 'ruleSet' | 'level' | 'decidedAt'> }): ReactNode {
  const { t } = useText();
  const viewer = useViewer();
  const [rights] = useQuery({ query: mayWriteDocument, variables: { key: decision.ruleSet }, pause: !mayWriteRules(viewer) });
  const [isOpen, setOpen] = useState(false);
  const [made, setMade] = useState<string | undefined>();
  if (rights.data?.ruleSet?.viewerCan.edit !== true) return null;
  return (
    <p className="row-actions">
      {made === undefined ? (
        <Button size="small" onClick={() => setOpen(true)}>
          {t('trials.make')}
        </Button>
      ) : (
        <>
          <StateMark state="done">{t('trials.make.done')}</StateMark>
          <Link to={`/rules/${encodeURIComponent(decision.ruleSet)}?tab=test&case=${encodeURIComponent(made)}`}>{t('trials.make.open')}</Link>
        </>
      )}
      {isOpen ? (
        <MakeDialog
          decision={decision}
          onClose={(id) => {
            setOpen(false);
            if (id !== undefined) setMade(id);
          }}
        />
      ) : null}
    </p>
  );
}

function MakeDialog({ decision, onClose }: { readonly decision: Pick<Decision, 'decisionId' | 'ruleSet' | 'level' | 'decidedAt'>; readonly onClose: (id: string | undefined) => void }): ReactNode {
  const text = useText();
  const { t } = text;
  const id = useId();
  const send = useCommand(caseFromDecisionDocument);
  const [name, setName] = useState(() => `${text.lookup(`decision.level.${decision.level ?? ''}`, decision.level ?? '')} ${text.dateTime(decision.decidedAt)}`.trim());
  const [isBusy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<CommandResult<unknown> | undefined>();
  async function make(): Promise<void> {
    if (name.trim() === '') return;
    setBusy(true);
    const answer = await send({ decisionId: decision.decisionId, name: name.trim(), tags: [] });
    setBusy(false);
    setOutcome(answer);
    // The payload as the document selects it.
    if (answer.kind === 'accepted') onClose((answer.payload as MadeCase).case?.id);
  }
  return (
    <Modal
      open
      title={t('trials.make')}
      onCancel={() => onClose(undefined)}
      footer={
        <div className="row-actions end">
          <Button onClick={() => onClose(undefined)}>{t('common.keep')}</Button>
          <Button type="primary" loading={isBusy} onClick={() => void make()}>
            {t('trials.make.action')}
          </Button>
        </div>
      }
    >
      <p>{t('trials.make.effect')}</p>
      {outcome?.kind === 'refused' ? <RefusalNotice refusal={outcome.refusal} /> : null}
      {outcome?.kind === 'problem' ? <ProblemNotice problem={outcome.problem} onRetry={() => void make()} /> : null}
      <label className="field" htmlFor={id}>
        <span>{t('trials.case.name')}</span>
        <Input id={id} maxLength={200} value={name} onChange={(event) => setName(event.target.value)} {...(name.trim() === '' ? { status: 'error' as const } : {})} />
        {name.trim() === '' ? <span className="field-error">{t('trials.case.lacks.name')}</span> : null}
      </label>
    </Modal>
  );
}
