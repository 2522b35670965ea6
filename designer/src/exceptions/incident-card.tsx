import { Button, Input } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useClient } from 'urql';
import { useNow } from '../app/clock.ts';
import { ProblemCode, ProblemNotice } from '../feedback/feedback.tsx';
import { RefusalNotice } from '../feedback/refusal-notice.tsx';
import { sendCommand, type CommandResult } from '../graphql/command.ts';
import { Intention } from '../graphql/intention.ts';
import type { Incident } from '../graphql/model.ts';
import { useText } from '../i18n/use-text.ts';
import type { MessageKey } from '../i18n/messages.ts';
import { variablesOf, type VariableRow } from '../operate/variable-rows.ts';
import { useDeclaredVariables, VariablesField } from '../operate/variables-field.tsx';
import { resolveIncidentDocument, type Resolution } from '../instances/documents.ts';
import { useViewer } from '../session/viewer.tsx';
import { StateMark } from '../status/state-mark.tsx';

interface Choice {
  readonly allowed: string;
  readonly resolution: Resolution;
  readonly label: MessageKey;
  readonly effect: MessageKey;
}

const choices: readonly Choice[] = [
  { allowed: 'retry', resolution: 'RETRY', label: 'exceptions.retry', effect: 'exceptions.effect.retry' },
  { allowed: 'skip', resolution: 'SKIP', label: 'exceptions.skip', effect: 'exceptions.effect.skip' },
  { allowed: 'confirmDone', resolution: 'CONFIRM_DONE', label: 'exceptions.confirmDone', effect: 'exceptions.effect.confirmDone' },
  { allowed: 'confirmNotDone', resolution: 'CONFIRM_NOT_DONE', label: 'exceptions.confirmNotDone', effect: 'exceptions.effect.confirmNotDone' },
];

export interface IncidentCardProps {
  readonly incident: Incident;
  readonly onChanged: () => void;
  readonly showCase?: boolean;
  /** The case is held: nothing can be resolved before it goes on. */
  readonly isPaused?: boolean;
}

/**
 * One exception: what happened, and what can be done. For an unknown outcome the way is fixed: the other side was
 * asked, a person checks and writes down what was found, and only then is the outcome confirmed.
 */
export function IncidentCard({ incident, onChanged, showCase = false, isPaused = false }: IncidentCardProps): ReactNode {
  const text = useText();
  const { t } = text;
  const client = useClient();
  const viewer = useViewer();
  const now = useNow();
  const id = useId();
  const [reason, setReason] = useState('');
  const [rows, setRows] = useState<readonly VariableRow[]>([]);
  const instanceId = incident.processInstance?.id;
  const variables = variablesOf(rows, useDeclaredVariables(instanceId ?? '', rows.length === 0));
  const [busy, setBusy] = useState<Resolution | undefined>();
  const [tried, setTried] = useState(false);
  const [result, setResult] = useState<CommandResult<unknown> | undefined>();
  const [intention] = useState(() => new Intention());
  const unknown = incident.kind === 'outcomeUnknown';
  const state = unknown ? 'unknown' : 'failed';
  // For an unknown outcome: first what a person found, leaving it out last.
  const offered = choices.filter((choice) => incident.allowed.includes(choice.allowed)).sort((a, b) => (unknown ? Number(a.resolution === 'SKIP') - Number(b.resolution === 'SKIP') : 0));
  const missing = reason.trim() === '';
  const mayResolve = viewer.roles.includes('operator');
  const done = incident.resolvedAt !== null;

  async function resolve(resolution: Resolution): Promise<void> {
    setTried(true);
    if (missing || variables === undefined) return;
    setBusy(resolution);
    const input = { incidentId: incident.id, resolution, reason: reason.trim(), ...(rows.length === 0 ? {} : { variables }) };
    const outcome = await sendCommand(client, resolveIncidentDocument, { input: { ...input, idempotencyKey: intention.keyFor(input) } });
    if (outcome.kind !== 'problem') intention.answered();
    setBusy(undefined);
    setResult(outcome);
    onChanged();
  }

  return (
    <article className={`card incident incident-${state}`} data-state={done ? 'done' : state} aria-label={`${text.of(incident.elementName, incident.elementId)}，${t(`state.${state}`)}`}>
      <header className="incident-head">
        <StateMark state={done ? 'done' : state}>{done ? t('exceptions.resolved') : undefined}</StateMark>
        <strong>{text.of(incident.elementName, incident.elementId)}</strong>
        <span className="muted">
          {text.dateTime(incident.raisedAt)} ({text.relative(incident.raisedAt, now)})
        </span>
        {showCase && incident.processInstance != null ? <Link to={`/instances/${incident.processInstance.processInstanceId}?tab=actions`}>{incident.processInstance.businessKey ?? t('exceptions.openCase')}</Link> : null}
      </header>
      <p>{t(`exceptions.sentence.${incident.kind}`)}</p>
      <details className="rule-lines">
        <summary>{t('exceptions.technical')}</summary>
        <p lang="en">{incident.message}</p>
        <ProblemCode code={incident.code} />
      </details>
      {result?.kind === 'accepted' && !done ? <p className="notice" role="status">{t('exceptions.effect.queued')}</p> : null}
      {result?.kind === 'refused' ? <RefusalNotice refusal={result.refusal} /> : null}
      {result?.kind === 'problem' ? <ProblemNotice problem={result.problem} /> : null}
      {isPaused && !done ? <p className="notice notice-attention">{t('exceptions.paused')}</p> : null}
      {done || isPaused || !mayResolve || result?.kind === 'accepted' ? null : (
        <div className="incident-actions">
          {unknown ? (
            <ol className="unknown-steps">
              <li>
                <StateMark state="done">{t('exceptions.step.query')}</StateMark> <span className="muted">{t('exceptions.step.queryDone')}</span>
              </li>
              <li>
                <StateMark state={missing ? 'running' : 'done'}>{t('exceptions.step.verify')}</StateMark> <span className="muted">{t('exceptions.step.verifyHelp')}</span>
              </li>
              <li>
                <StateMark state={missing ? 'idle' : 'running'}>{t('exceptions.step.decide')}</StateMark>
              </li>
            </ol>
          ) : null}
          <label className="field" htmlFor={id}>
            <span>{t(unknown ? 'exceptions.evidence' : 'common.reason')}</span>
            <Input.TextArea id={id} rows={2} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} aria-invalid={tried && missing} />
          </label>
          {tried && missing ? <p className="field-error" role="alert">{t('common.reasonRequired')}</p> : null}
          {instanceId === undefined ? null : <VariablesField instanceId={instanceId} rows={rows} onChange={setRows} />}
          {tried && variables === undefined ? <p className="field-error" role="alert">{t('operate.variables.missing')}</p> : null}
          <ul className="resolutions">
            {offered.map((choice) => (
              <li key={choice.resolution}>
                <Button type={choice.resolution === 'RETRY' ? 'primary' : 'default'} loading={busy === choice.resolution} disabled={(unknown && missing) || (busy !== undefined && busy !== choice.resolution)} onClick={() => void resolve(choice.resolution)}>
                  {t(choice.label)}
                </Button>
                <span className="muted">{t(choice.effect)}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </article>
  );
}
