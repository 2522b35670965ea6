import type { Client } from 'urql';
import { sendCommand, type CommandResult, type Refusal } from '../graphql/command.ts';
import { Intention } from '../graphql/intention.ts';
import { nodesOf, type Patient, type Task } from '../graphql/model.ts';
import { problemOf, type Problem } from '../graphql/problem.ts';
import { isExpired, readDrugCode } from '../scanner/gs1.ts';
import { completeTaskDocument, releaseTaskDocument, taskDocument, tasksDocument, verifyTaskDocument, type CompletedTask, type CompleteTaskInput } from '../tasks/documents.ts';
import { searchDocument, wristbandDocument } from './documents.ts';
import { barcodeToSend, doseFor, doseOf, isProductOf, type Dose } from './due-list.ts';
import type { CheckResult, Identified, ManualDrug, ManualPatient, ManualReason, NotGiven, SubmitResult, Verified } from './scan-machine.ts';

/** What the server needs to know beside the scans. */
export interface BedsideSetting {
  readonly client: Client;
  readonly viewerId: string;
  readonly now: () => Date;
  /** Words for the record, in the reader's language. */
  readonly manualNote: (step: 'patient' | 'drug', reason: ManualReason) => string;
  readonly reportReason: (code: string) => string;
  readonly wait: (ms: number) => Promise<void>;
}

const fresh = { requestPolicy: 'network-only' } as const;
const ended = new Set(['TASK_NOT_OPEN', 'TASK_NOT_FOUND', 'INSTANCE_NOT_RUNNING']);
const trouble = (problem: Problem) => ({ kind: 'trouble', trouble: { kind: 'problem', problem } }) as const;

/** Sorts a refused check: a mismatch blocks, an ended task and anything else is said in a sentence. */
export function readCheck<Value>(result: CommandResult<unknown>, value: Value, dose: Dose | undefined): CheckResult<Value> {
  if (result.kind === 'accepted') return { kind: 'match', value };
  if (result.kind === 'problem') return trouble(result.problem);
  return readRefusal(result.refusal, dose);
}

function readRefusal(refusal: Refusal, dose: Dose | undefined): Exclude<CheckResult<never>, { kind: 'match' }> {
  if (refusal.code === 'COMPLETION_CHECK_FAILED') return { kind: 'mismatch', refusal, ...(dose === undefined ? {} : { dose }) };
  if (ended.has(refusal.code)) return { kind: 'trouble', trouble: { kind: 'ended' } };
  return { kind: 'trouble', trouble: { kind: 'refused', refusal } };
}

/** The bedside's questions to the server, one object a visit to the page. */
export class BedsideServer {
  readonly #setting: BedsideSetting;
  readonly #intention = new Intention();
  /** What was last sent without an answer: sent again as it was, so that it counts once. */
  #unanswered: { readonly about: string; readonly input: Omit<CompleteTaskInput, 'idempotencyKey'> } | undefined;

  constructor(setting: BedsideSetting) {
    this.#setting = setting;
  }

  async checkPatient({ wantedTaskId, scan }: { readonly wantedTaskId: string | undefined; readonly scan: { readonly code: string } | { readonly entered: ManualPatient } }): Promise<CheckResult<Identified>> {
    const { client } = this.#setting;
    let wristband = 'code' in scan ? scan.code.trim() : '';
    let patient: Patient | undefined;
    if ('entered' in scan) {
      const { encounterId, name } = scan.entered;
      const found = await client.query(searchDocument, { search: encounterId.trim() }, fresh).toPromise();
      if (found.error !== undefined) return trouble(problemOf(found.error));
      patient = nodesOf(found.data?.patients).find((each) => each.encounter?.id === encounterId.trim() && each.name === name.trim());
      if (patient?.encounter == null) return { kind: 'trouble', trouble: { kind: 'noSuchPatient' } };
      wristband = patient.encounter.wristband;
    }
    if (wantedTaskId !== undefined) {
      const wanted = await client.query(taskDocument, { id: wantedTaskId }, fresh).toPromise();
      if (wanted.error !== undefined) return trouble(problemOf(wanted.error));
      const task = wanted.data?.task;
      if (task == null || task.status !== 'open' || task.patient === null) return { kind: 'trouble', trouble: { kind: 'ended' } };
      const check = await this.#verify(task.id, { wristband });
      if (check.kind !== 'accepted') return this.#withScannedPatient(readCheck<Identified>(check, { patient: task.patient, wristband, doses: [] }, doseOf(task)), wristband);
      patient = task.patient;
    }
    if (patient === undefined) {
      const found = await client.query(wristbandDocument, { wristband }, fresh).toPromise();
      if (found.error !== undefined) return trouble(problemOf(found.error));
      if (found.data?.patientByWristband == null) return { kind: 'trouble', trouble: { kind: 'unknownWristband', wristband } };
      patient = found.data.patientByWristband;
    }
    return this.#identify(patient, wristband, wantedTaskId, 'entered' in scan ? scan.entered.reason : undefined);
  }

  /** Adds whose wristband it is, so that both identities can be shown. */
  async #withScannedPatient(check: CheckResult<Identified>, wristband: string): Promise<CheckResult<Identified>> {
    if (check.kind !== 'mismatch') return check;
    const scannedAs = (await this.#setting.client.query(wristbandDocument, { wristband }, fresh).toPromise()).data?.patientByWristband;
    return scannedAs == null ? check : { ...check, scannedAs };
  }

  async #identify(patient: Patient, wristband: string, wantedTaskId: string | undefined, manual: ManualReason | undefined): Promise<CheckResult<Identified>> {
    const list = await this.#setting.client.query(tasksDocument, { first: 100, after: null, mine: null, patientId: patient.id }, fresh).toPromise();
    if (list.error !== undefined) return trouble(problemOf(list.error));
    const doses = nodesOf(list.data?.tasks).filter((task: Task) => task.presentation === 'bedsideScan' && task.status === 'open' && task.canComplete).map(doseOf);
    const identified: Identified = { patient, wristband, doses, ...(manual === undefined ? {} : { manual }) };
    const [first] = doses;
    if (wantedTaskId !== undefined || first === undefined) return { kind: 'match', value: identified };
    const check = await this.#verify(first.task.id, { wristband });
    // It is the patient; who may not give the first dose may give another one, and is told at that dose.
    return check.kind === 'refused' && check.refusal.code === 'TASK_SAME_PERSON' ? { kind: 'match', value: identified } : readCheck(check, identified, first);
  }

  async checkDrug({ identified, chosenTaskId, scan }: { readonly identified: Identified; readonly chosenTaskId: string | undefined; readonly scan: { readonly code: string } | { readonly entered: ManualDrug } }): Promise<CheckResult<Verified>> {
    const now = this.#setting.now();
    const code = readDrugCode('code' in scan ? scan.code : scan.entered.drugCode);
    const today = `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`;
    if (isExpired(code, today)) return { kind: 'trouble', trouble: { kind: 'expired' } };
    if ('code' in scan && code.gtin === undefined && !identified.doses.some((each) => isProductOf(each, code))) {
      const other = await this.#otherPatientBy(code.text, identified.patient);
      if (other !== undefined) return other;
    }
    const dose = doseFor(identified.doses, code, chosenTaskId, now.getTime());
    if (dose === undefined) return { kind: 'trouble', trouble: { kind: 'nothingDue' } };
    const drugBarcode = barcodeToSend(code, dose);
    const value: Verified = { dose, code: 'entered' in scan && scan.entered.batch !== '' ? { ...code, batch: scan.entered.batch } : code, drugBarcode, ...('entered' in scan ? { manual: scan.entered.reason } : {}) };
    return readCheck(await this.#verify(dose.task.id, { wristband: identified.wristband, drugBarcode }), value, dose);
  }

  /** Whose wristband it is, if it is one: a refused drug would say something else than what happened. */
  async #otherPatientBy(wristband: string, current: Patient): Promise<CheckResult<never> | undefined> {
    const found = await this.#setting.client.query(wristbandDocument, { wristband }, fresh).toPromise();
    if (found.error !== undefined) return trouble(problemOf(found.error));
    const patient = found.data?.patientByWristband;
    return patient == null || patient.patientId === current.patientId ? undefined : { kind: 'trouble', trouble: { kind: 'otherWristband', wristband, patient } };
  }

  async submit({ identified, dose, verified, notGiven }: { readonly identified: Identified; readonly dose: Dose; readonly verified: Verified | undefined; readonly notGiven: NotGiven | undefined }): Promise<SubmitResult> {
    const at = this.#setting.now().toISOString();
    const about = JSON.stringify([dose.task.id, identified.wristband, verified?.drugBarcode, notGiven]);
    const reasons = [
      identified.manual === undefined ? undefined : this.#setting.manualNote('patient', identified.manual),
      verified?.manual === undefined ? undefined : this.#setting.manualNote('drug', verified.manual),
      notGiven?.reason,
    ].filter((part) => part !== undefined);
    const scans = { wristband: identified.wristband, ...(verified === undefined ? {} : { drugBarcode: verified.drugBarcode }) };
    const outcome = notGiven === undefined ? { outcome: 'given' } : { outcome: notGiven.outcome, reason: notGiven.reason, ...(notGiven.reasonCode === undefined ? {} : { reasonCode: notGiven.reasonCode }) };
    const lot = verified?.code.batch === undefined ? {} : { lot: verified.code.batch };
    const composed = { taskId: dose.task.id, data: { ...scans, ...lot, ...outcome, occurredAt: at }, occurredAt: at, deviceAt: at, ...(reasons.length === 0 ? {} : { reason: reasons.join('; ') }) };
    const input = this.#unanswered?.about === about ? this.#unanswered.input : composed;
    this.#unanswered = { about, input };
    const result = await sendCommand<CompletedTask, { input: CompleteTaskInput }>(this.#setting.client, completeTaskDocument, { input: { ...input, idempotencyKey: this.#intention.keyFor(input) } });
    if (result.kind === 'problem') return result;
    this.#unanswered = undefined;
    this.#intention.answered();
    if (result.kind === 'refused') return result;
    const { pending, task } = result.payload;
    // A task that a second person has to verify stays open; this person's part of it is done.
    return pending || (task?.status === 'open' && task.verification === null) ? this.#untilProcessed(dose.task.id) : { kind: 'done' };
  }

  /** Received but not yet decided: look a few times before saying that it is pending. */
  async #untilProcessed(taskId: string): Promise<SubmitResult> {
    for (let look = 0; look < 5; look += 1) {
      await this.#setting.wait(1_000);
      if (await this.#isProcessed(taskId)) return { kind: 'done' };
    }
    return { kind: 'pending' };
  }

  /** Resolves when what was safely received has been carried out; looks until then, or until nobody waits any more. */
  async processed({ dose }: { readonly dose: Dose }, abandoned: AbortSignal): Promise<null> {
    do await this.#setting.wait(3_000);
    while (!abandoned.aborted && !(await this.#isProcessed(dose.task.id)));
    return null;
  }

  async #isProcessed(taskId: string): Promise<boolean> {
    const { data } = await this.#setting.client.query(taskDocument, { id: taskId }, fresh).toPromise();
    return data?.task?.status === 'completed';
  }

  /** The refusal itself is on record already; a task that the person had taken goes back with the reason. */
  async report({ dose, refusal }: { readonly dose: Dose | undefined; readonly refusal: Refusal }): Promise<null> {
    if (dose !== undefined && dose.task.assignee?.id === this.#setting.viewerId) {
      const reason = this.#setting.reportReason(refusal.checkCode ?? refusal.code);
      await sendCommand(this.#setting.client, releaseTaskDocument, { input: { taskId: dose.task.id, reason, idempotencyKey: new Intention().keyFor(reason) } });
    }
    return null;
  }

  #verify(taskId: string, data: Readonly<Record<string, unknown>>): Promise<CommandResult<unknown>> {
    return sendCommand(this.#setting.client, verifyTaskDocument, { input: { taskId, data } });
  }
}
