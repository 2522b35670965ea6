import { useEffect, useEffectEvent, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useClient } from 'urql';
import { ProblemNotice } from '../feedback/feedback.tsx';
import { RefusalNotice } from '../feedback/refusal-notice.tsx';
import { GeneratedForm } from '../forms/generated-form.tsx';
import { fieldForScan, scanFieldsOf } from '../forms/scan-fields.ts';
import { errorsAtField } from '../forms/server-errors.ts';
import { sendCommand } from '../graphql/command.ts';
import { Intention } from '../graphql/intention.ts';
import type { JsonObject, Task } from '../graphql/model.ts';
import { useText } from '../i18n/use-text.ts';
import { useScanner } from '../scanner/use-scanner.ts';
import { useViewer } from '../session/viewer.tsx';
import { claimTaskDocument, completeTaskDocument, type CompletedTask, type CompleteTaskInput } from './documents.ts';
import { forgetDraft, readDraft, saveDraft } from './drafts.ts';
import { sealedDrafts } from './sealed-drafts.ts';
import { HolderNotice } from './holder-notice.tsx';
import { ReturnedNotice } from './returned-notice.tsx';
import { SubmissionStages } from './submission-stages.tsx';
import { afterAnswer, afterReading, type Submission } from './submission.ts';
import { TaskActions } from './task-actions.tsx';
import { useTaskRecord } from './task-record.ts';
import { taskName } from './task-row.tsx';
import { VerificationNotice } from './verification-notice.tsx';
import { draftIdOf, verificationStage } from './verification.ts';

/** Brings a refusal into sight: on a phone the button stands far below it. */
function reveal(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'center' });
}

const formId = 'task-form';
const draftEveryMs = 2_000;

export interface TaskWorkProps {
  readonly task: Task;
  readonly again: () => void;
}

/** Claiming, the form with its draft, and the three stages after submitting. Each of two persons begins with an empty form. */
export function TaskWork({ task, again }: TaskWorkProps): ReactNode {
  return <OneRound key={draftIdOf(task)} task={task} again={again} />;
}

function OneRound({ task: read, again }: TaskWorkProps): ReactNode {
  const text = useText();
  const { t } = text;
  const client = useClient();
  const viewer = useViewer();
  const draftId = draftIdOf(read);
  const [restored] = useState(() => readDraft(sealedDrafts, viewer.id, draftId, Date.now()));
  const [data, setData] = useState<JsonObject>(restored?.data ?? {});
  const [savedAtMs, setSavedAtMs] = useState<number | undefined>();
  const [own, setSubmission] = useState<Submission>({ stage: 'editing' });
  const [intention] = useState(() => new Intention());
  const [claimIntention] = useState(() => new Intention());

  const task: Task = own.stage === 'performed' ? { ...read, verification: own.verification, assignee: null } : read;
  const record = useTaskRecord(task);
  const verifying = verificationStage(task, viewer.id, record.rule);
  const submission = afterReading(own, task.status);
  const mine = task.assignee?.id === viewer.id;
  const heldByOther = task.assignee !== null && !mine;
  const busy = submission.stage === 'submitted' || submission.stage === 'processing';
  const finished = submission.stage === 'done';
  const endedElsewhere = task.status !== 'open' && !finished && !busy;
  const readOnly = task.status !== 'open' || verifying === 'performed' || heldByOther || busy || finished || (!task.canComplete && !task.canClaim);
  const dirty = Object.keys(data).length > 0 && !readOnly;

  function keep(): void {
    if (!dirty) return;
    const now = Date.now();
    saveDraft(sealedDrafts, viewer.id, draftId, { savedAtMs: now, data });
    setSavedAtMs(now);
  }
  const keepNow = useEffectEvent(keep);
  const fields = Object.keys((task.form?.schema['properties'] as JsonObject | undefined) ?? {});
  const takesScans = scanFieldsOf(fields).length > 0;
  useScanner(takesScans && !readOnly, (code) => {
    const field = fieldForScan(fields, code);
    if (field !== undefined) setData((before) => ({ ...before, [field]: code }));
  });
  useEffect(() => {
    const timer = setTimeout(() => keepNow(), draftEveryMs);
    return () => clearTimeout(timer);
  }, [data]);
  useEffect(() => () => keepNow(), []);

  const stage = submission.stage;
  useEffect(() => {
    if (stage === 'done' || verifying === 'performed') for (const id of [draftId, task.id]) forgetDraft(sealedDrafts, viewer.id, id);
    if (stage !== 'processing') return undefined;
    const timer = setInterval(again, 3_000);
    return () => clearInterval(timer);
  }, [stage, verifying, viewer.id, draftId, task.id, again]);

  async function claim(): Promise<boolean> {
    const result = await sendCommand(client, claimTaskDocument, { input: { taskId: task.id, idempotencyKey: claimIntention.keyFor(task.id) } });
    if (result.kind !== 'problem') claimIntention.answered();
    again();
    if (result.kind === 'accepted') return true;
    setSubmission(result.kind === 'refused' ? { stage: 'refused', refusal: result.refusal } : { stage: 'problem', problem: result.problem });
    return false;
  }

  async function submit(entered: JsonObject): Promise<void> {
    if (readOnly) return;
    setData(entered);
    setSubmission({ stage: 'submitted' });
    if (!task.canComplete && !(await claim())) return;
    const occurredAt = new Date().toISOString();
    const result = await sendCommand<CompletedTask, { input: CompleteTaskInput }>(client, completeTaskDocument, { input: { taskId: task.id, data: entered, occurredAt, idempotencyKey: intention.keyFor(entered) } });
    if (result.kind !== 'problem') intention.answered();
    setSubmission(afterAnswer(result));
    again();
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    if (event.code !== 'Enter' || !event.ctrlKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    const form = document.getElementById(formId);
    // Blur first, so that a value still being typed is committed before it is sent.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    if (form instanceof HTMLFormElement) form.requestSubmit();
  }

  const refusal = submission.stage === 'refused' ? submission.refusal : undefined;
  const fieldErrors = refusal === undefined ? undefined : errorsAtField(refusal, fields);
  const name = taskName(task, text);

  return (
    <section className="card task-work" aria-label={name} onKeyDown={onKeyDown}>
      {endedElsewhere ? <p className="notice notice-attention" role="alert">{t(task.status === 'completed' ? 'task.ended.completed' : 'task.ended.cancelled')}</p> : null}
      {verifying === 'none' ? null : <VerificationNotice task={task} stage={verifying} rule={record.rule} />}
      {record.returned === undefined ? null : <ReturnedNotice returned={record.returned} />}
      {task.status === 'open' ? <HolderNotice task={task} /> : null}
      <SubmissionStages submission={submission}>
        {finished ? (
          <p className="row-actions">
            <Link to="/tasks">{t('task.backToList')}</Link>
            {task.processInstance === null ? null : <Link to={`/instances/${task.processInstance.processInstanceId}`}>{t('task.toProcess')}</Link>}
          </p>
        ) : null}
      </SubmissionStages>
      {refusal === undefined ? null : (
        <div className="reveal" ref={reveal}>
          <RefusalNotice refusal={refusal} lead={t('task.result.refused')} />
        </div>
      )}
      {submission.stage === 'problem' ? <ProblemNotice problem={submission.problem} /> : null}
      {restored !== undefined && !finished && task.status === 'open' ? <p className="muted small">{t('task.draftRestored', { time: text.dateTime(new Date(restored.savedAtMs).toISOString()) })}</p> : null}
      {takesScans && !readOnly ? <p className="muted">{t('task.scanHere')}</p> : null}
      {task.form === undefined || task.form === null || verifying === 'performed' ? null : (
        <GeneratedForm id={formId} form={task.form} data={data} readOnly={readOnly} serverErrors={fieldErrors} onChange={setData} onBlur={keep} onSubmit={(entered) => void submit(entered)} />
      )}
      {finished || task.status !== 'open' || verifying === 'performed' ? null : (
        <TaskActions task={task} verifying={verifying} disabled={readOnly} busy={busy} savedAtMs={savedAtMs} onClaim={() => void claim()} onChanged={again} formId={formId} />
      )}
    </section>
  );
}
