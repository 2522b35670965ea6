import { assign, fromPromise, setup } from 'xstate';
import type { Refusal } from '../graphql/command.ts';
import type { Patient } from '../graphql/model.ts';
import type { Problem } from '../graphql/problem.ts';
import type { DrugCode } from '../scanner/gs1.ts';
import type { Dose } from './due-list.ts';

/** Why a value was entered by hand; it goes on record and is reviewed. */
export type ManualReason = 'damaged' | 'missing' | 'device' | 'emergency' | 'other';

/** What is known of the patient after the wristband. */
export interface Identified {
  readonly patient: Patient;
  readonly wristband: string;
  readonly doses: readonly Dose[];
  /** The first manual identification, if the wristband could not be read. */
  readonly manual?: ManualReason;
}

export interface Verified {
  readonly dose: Dose;
  readonly code: DrugCode;
  readonly drugBarcode: string;
  readonly manual?: ManualReason;
}

/** A check that the server made. `trouble` leaves the person where they were, with a sentence. */
export type CheckResult<Value> =
  | { readonly kind: 'match'; readonly value: Value }
  | { readonly kind: 'mismatch'; readonly refusal: Refusal; readonly dose?: Dose; /** Whose wristband was scanned. */ readonly scannedAs?: Patient }
  | { readonly kind: 'trouble'; readonly trouble: Trouble };

export type Trouble =
  | { readonly kind: 'unknownWristband'; readonly wristband: string }
  /** Where a drug was due, the wristband of another patient was scanned: the next bed, or the wrong one. */
  | { readonly kind: 'otherWristband'; readonly wristband: string; readonly patient: Patient }
  | { readonly kind: 'noSuchPatient' | 'nothingDue' | 'ended' | 'expired' }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'problem'; readonly problem: Problem };

export type SubmitResult = { readonly kind: 'done' | 'pending' } | { readonly kind: 'refused'; readonly refusal: Refusal } | { readonly kind: 'problem'; readonly problem: Problem };

export interface NotGiven {
  readonly outcome: 'refused' | 'not-done';
  /** One of the form's own codes, where it has some. */
  readonly reasonCode?: string;
  readonly reason: string;
}

export interface ManualPatient {
  readonly encounterId: string;
  readonly name: string;
  readonly reason: ManualReason;
}

export interface ManualDrug {
  readonly drugCode: string;
  readonly batch: string;
  readonly reason: ManualReason;
}

export interface Context {
  /** The task that the person came from, if any. */
  readonly wantedTaskId: string | undefined;
  readonly identified: Identified | undefined;
  readonly chosenTaskId: string | undefined;
  readonly verified: Verified | undefined;
  readonly mismatch: { readonly step: 'patient' | 'drug'; readonly refusal: Refusal; readonly dose: Dose | undefined; readonly scannedAs?: Patient | undefined } | undefined;
  readonly trouble: Trouble | undefined;
  readonly unreadable: number;
  readonly notGiven: NotGiven | undefined;
}

export type ScanEvent =
  | { readonly type: 'scanned'; readonly code: string }
  | { readonly type: 'unreadable' }
  | { readonly type: 'manualPatient'; readonly entered: ManualPatient }
  | { readonly type: 'manualDrug'; readonly entered: ManualDrug }
  | { readonly type: 'choose'; readonly taskId: string }
  | { readonly type: 'confirm' }
  | { readonly type: 'notGiven'; readonly notGiven: NotGiven }
  | { readonly type: 'rescan' }
  | { readonly type: 'stopAndReport' }
  | { readonly type: 'otherPatient' }
  | { readonly type: 'switchPatient'; readonly wristband: string };

type PatientCheck = { readonly wantedTaskId: string | undefined; readonly scan: { readonly code: string } | { readonly entered: ManualPatient } };
type DrugCheck = { readonly identified: Identified; readonly chosenTaskId: string | undefined; readonly scan: { readonly code: string } | { readonly entered: ManualDrug } };
type Submission = { readonly identified: Identified; readonly dose: Dose; readonly verified: Verified | undefined; readonly notGiven: NotGiven | undefined };
type Report = { readonly dose: Dose | undefined; readonly refusal: Refusal };

const nobody: Omit<Context, 'wantedTaskId'> = { identified: undefined, chosenTaskId: undefined, verified: undefined, mismatch: undefined, trouble: undefined, unreadable: 0, notGiven: undefined };

/** A check that broke instead of answering: nothing was checked. */
const failed: Trouble = { kind: 'problem', problem: { kind: 'unexpected', code: 'CHECK_FAILED' } };

const unprovided = <Output, Input>() => fromPromise<Output, Input>(() => Promise.reject(new Error('Expected this actor to be provided')));

/** How long a record waits before it is sent again after the network was gone. */
const resendAfterMs = 5_000;

/** After this many unreadable tries the two identifiers may be entered by hand. */
export const triesBeforeManual = 2;

function chosenDose({ identified, chosenTaskId }: Context): Dose | undefined {
  return identified?.doses.find((dose) => dose.task.id === chosenTaskId);
}

function submittedDose(context: Context): Dose {
  const dose = context.verified?.dose ?? chosenDose(context);
  if (dose === undefined) throw new Error('Expected a dose before submitting, but there is none');
  return dose;
}

/**
 * The life cycle of one bedside scan. It decides nothing clinical: every check and the completion are the
 * server's; a mismatch is left only by scanning again or by stopping.
 */
export const scanMachine = setup({
  // Types only; XState reads them from a value.
  types: { context: {} as Context, events: {} as ScanEvent, input: {} as { readonly wantedTaskId: string | undefined } },
  actors: {
    checkPatient: unprovided<CheckResult<Identified>, PatientCheck>(),
    checkDrug: unprovided<CheckResult<Verified>, DrugCheck>(),
    submit: unprovided<SubmitResult, Submission>(),
    processed: unprovided<null, { readonly dose: Dose }>(),
    report: unprovided<null, Report>(),
  },
  actions: {
    forgetAll: assign(() => ({ ...nobody, wantedTaskId: undefined })),
    countUnreadable: assign(({ context }) => ({ unreadable: context.unreadable + 1, trouble: undefined })),
  },
}).createMachine({
  id: 'bedsideScan',
  context: ({ input }) => ({ ...nobody, wantedTaskId: input.wantedTaskId }),
  initial: 'awaitingWristband',
  states: {
    awaitingWristband: {
      on: {
        scanned: 'checkingWristband',
        manualPatient: 'checkingWristband',
        unreadable: { actions: 'countUnreadable' },
      },
    },
    checkingWristband: {
      invoke: {
        src: 'checkPatient',
        input: ({ context, event }) => ({ wantedTaskId: context.wantedTaskId, scan: event.type === 'manualPatient' ? { entered: event.entered } : { code: event.type === 'scanned' ? event.code : event.type === 'switchPatient' ? event.wristband : '' } }),
        onDone: [
          {
            guard: ({ event }) => event.output.kind === 'match',
            target: 'awaitingDrug',
            actions: assign(({ context, event }) => (event.output.kind === 'match' ? { identified: event.output.value, chosenTaskId: context.wantedTaskId ?? event.output.value.doses[0]?.task.id, trouble: undefined, unreadable: 0 } : {})),
          },
          {
            guard: ({ event }) => event.output.kind === 'mismatch',
            target: 'mismatch',
            actions: assign(({ event }) => (event.output.kind === 'mismatch' ? { mismatch: { step: 'patient' as const, refusal: event.output.refusal, dose: event.output.dose, scannedAs: event.output.scannedAs } } : {})),
          },
          { target: 'awaitingWristband', actions: assign(({ event }) => (event.output.kind === 'trouble' ? { trouble: event.output.trouble } : {})) },
        ],
        onError: { target: 'awaitingWristband', actions: assign({ trouble: failed }) },
      },
    },
    awaitingDrug: {
      on: {
        // The wristband once more is no drug.
        scanned: { guard: ({ context, event }) => event.code !== context.identified?.wristband, target: 'checkingDrug' },
        manualDrug: 'checkingDrug',
        unreadable: { actions: 'countUnreadable' },
        choose: { actions: assign(({ event }) => ({ chosenTaskId: event.taskId, trouble: undefined })) },
        notGiven: { guard: ({ context }) => chosenDose(context) !== undefined, target: 'submitting', actions: assign(({ event }) => ({ notGiven: event.notGiven, trouble: undefined })) },
        otherPatient: { target: 'awaitingWristband', actions: 'forgetAll' },
        switchPatient: { target: 'checkingWristband', actions: 'forgetAll' },
      },
    },
    checkingDrug: {
      invoke: {
        src: 'checkDrug',
        input: ({ context, event }) => {
          if (context.identified === undefined) throw new Error('Expected a patient before the drug, but there is none');
          return { identified: context.identified, chosenTaskId: context.chosenTaskId, scan: event.type === 'manualDrug' ? { entered: event.entered } : { code: event.type === 'scanned' ? event.code : '' } };
        },
        onDone: [
          {
            guard: ({ event }) => event.output.kind === 'match',
            target: 'confirming',
            actions: assign(({ event }) => (event.output.kind === 'match' ? { verified: event.output.value, chosenTaskId: event.output.value.dose.task.id, trouble: undefined, unreadable: 0 } : {})),
          },
          {
            guard: ({ event }) => event.output.kind === 'mismatch',
            target: 'mismatch',
            actions: assign(({ event }) => (event.output.kind === 'mismatch' ? { mismatch: { step: 'drug' as const, refusal: event.output.refusal, dose: event.output.dose } } : {})),
          },
          { target: 'awaitingDrug', actions: assign(({ event }) => (event.output.kind === 'trouble' ? { trouble: event.output.trouble } : {})) },
        ],
        onError: { target: 'awaitingDrug', actions: assign({ trouble: failed }) },
      },
    },
    confirming: {
      on: {
        confirm: { target: 'submitting', actions: assign({ trouble: undefined }) },
        notGiven: { target: 'submitting', actions: assign(({ event }) => ({ notGiven: event.notGiven, trouble: undefined })) },
        rescan: { target: 'awaitingDrug', actions: assign({ verified: undefined }) },
      },
    },
    mismatch: {
      on: {
        rescan: [
          { guard: ({ context }) => context.mismatch?.step === 'drug', target: 'awaitingDrug', actions: assign({ mismatch: undefined, verified: undefined }) },
          { target: 'awaitingWristband', actions: assign({ mismatch: undefined, trouble: undefined }) },
        ],
        stopAndReport: 'reporting',
      },
    },
    reporting: {
      invoke: {
        src: 'report',
        input: ({ context }) => {
          if (context.mismatch === undefined) throw new Error('Expected a mismatch to report, but there is none');
          return { dose: context.mismatch.dose, refusal: context.mismatch.refusal };
        },
        onDone: 'stopped',
        onError: 'stopped',
      },
    },
    stopped: { on: { otherPatient: { target: 'awaitingWristband', actions: 'forgetAll' } } },
    submitting: {
      invoke: {
        src: 'submit',
        input: ({ context }) => {
          if (context.identified === undefined) throw new Error('Expected a patient before submitting, but there is none');
          return { identified: context.identified, dose: submittedDose(context), verified: context.verified, notGiven: context.notGiven };
        },
        onDone: [
          { guard: ({ event }) => event.output.kind === 'done', target: 'submitted', actions: assign({ trouble: undefined }) },
          { guard: ({ event }) => event.output.kind === 'pending', target: 'pending', actions: assign({ trouble: undefined }) },
          {
            guard: ({ event }) => event.output.kind === 'refused',
            target: 'refused',
            actions: assign(({ event }) => (event.output.kind === 'refused' ? { trouble: { kind: 'refused' as const, refusal: event.output.refusal } } : {})),
          },
          { target: 'unsent', actions: assign(({ event }) => (event.output.kind === 'problem' ? { trouble: { kind: 'problem' as const, problem: event.output.problem } } : {})) },
        ],
        onError: { target: 'unsent', actions: assign({ trouble: failed }) },
      },
    },
    // The checks passed and the dose is answered; only the record has not arrived. It is kept, and sent again as it was.
    unsent: {
      after: { [resendAfterMs]: { guard: ({ context }) => context.trouble?.kind === 'problem' && context.trouble.problem.kind === 'network', target: 'submitting' } },
      on: { confirm: 'submitting', otherPatient: { target: 'awaitingWristband', actions: 'forgetAll' } },
    },
    // The next dose begins with the wristband again, also for the same patient.
    submitted: { on: { otherPatient: { target: 'awaitingWristband', actions: 'forgetAll' }, scanned: { target: 'checkingWristband', actions: 'forgetAll' } } },
    // Safely received: it is said once it is done, for who still looks.
    pending: {
      invoke: { src: 'processed', input: ({ context }) => ({ dose: submittedDose(context) }), onDone: 'submitted' },
      on: { otherPatient: { target: 'awaitingWristband', actions: 'forgetAll' } },
    },
    refused: { on: { rescan: { target: 'awaitingDrug', actions: assign({ verified: undefined, notGiven: undefined, trouble: undefined }) }, otherPatient: { target: 'awaitingWristband', actions: 'forgetAll' } } },
  },
});
