import { createActor, fromPromise, SimulatedClock, waitFor } from 'xstate';
import { readDrugCode } from '../scanner/gs1.ts';
import { scanMachine, type CheckResult, type Identified, type SubmitResult, type Verified } from './scan-machine.ts';
import { testDose, testPatient } from './test-doses.ts';

const dose = testDose('T:1', '06901234567892', '2026-11-22T08:00:00Z', '2026-11-22T07:30:00Z', '2026-11-22T09:00:00Z');
const refusal = (checkCode: string) => ({ typename: 'RefusedError', code: 'COMPLETION_CHECK_FAILED', message: 'm', checkCode });

/** The server's side, played by rules of the test: wristband WB-1 and product …892 are right. */
function started(options: { readonly wantedTaskId?: string; readonly submits?: SubmitResult[]; readonly clock?: SimulatedClock } = {}) {
  let carryOut = (): void => undefined;
  const carriedOut = new Promise<void>((resolve) => {
    carryOut = resolve;
  });
  const submitted: unknown[] = [];
  const reported: string[] = [];
  const answers = [...(options.submits ?? [{ kind: 'done' as const }])];
  const actor = createActor(
    scanMachine.provide({
      actors: {
        checkPatient: fromPromise(async ({ input }): Promise<CheckResult<Identified>> => {
          const wristband = 'code' in input.scan ? input.scan.code : 'WB-1';
          if (wristband === 'WB-1') return { kind: 'match', value: { patient: testPatient, wristband, doses: [dose], ...('entered' in input.scan ? { manual: input.scan.entered.reason } : {}) } };
          if (wristband === 'BROKEN') throw new Error('no answer');
          return input.wantedTaskId === undefined ? { kind: 'trouble', trouble: { kind: 'unknownWristband', wristband: 'WB' } } : { kind: 'mismatch', refusal: refusal('WRONG_PATIENT'), dose };
        }),
        checkDrug: fromPromise(async ({ input }): Promise<CheckResult<Verified>> => {
          const code = readDrugCode('code' in input.scan ? input.scan.code : input.scan.entered.drugCode);
          if (code.text === 'WB-2') return { kind: 'trouble', trouble: { kind: 'otherWristband', wristband: code.text, patient: testPatient } };
          return code.gtin === '06901234567892' ? { kind: 'match', value: { dose, code, drugBarcode: code.gtin } } : { kind: 'mismatch', refusal: refusal('WRONG_DRUG'), dose };
        }),
        submit: fromPromise(async ({ input }): Promise<SubmitResult> => {
          submitted.push({ taskId: input.dose.task.id, wristband: input.identified.wristband, drugBarcode: input.verified?.drugBarcode, notGiven: input.notGiven });
          return answers.shift() ?? { kind: 'done' };
        }),
        processed: fromPromise(async () => {
          await carriedOut;
          return null;
        }),
        report: fromPromise(async ({ input }) => {
          reported.push(input.refusal.checkCode ?? '');
          return null;
        }),
      },
    }),
    { input: { wantedTaskId: options.wantedTaskId }, ...(options.clock === undefined ? {} : { clock: options.clock }) },
  );
  actor.start();
  const reach = (value: string) => waitFor(actor, (state) => state.value === value, { timeout: 1_000 });
  return { actor, reach, submitted, reported, carryOut: () => carryOut() };
}

describe('the bedside scan', () => {
  it('takes two scans and one tap for a good dose', async () => {
    const { actor, reach, submitted } = started();

    actor.send({ type: 'scanned', code: 'WB-1' });
    await reach('awaitingDrug');
    actor.send({ type: 'scanned', code: '0106901234567892' });
    await reach('confirming');
    actor.send({ type: 'confirm' });
    await reach('submitted');

    expect(submitted).toEqual([{ taskId: 'T:1', wristband: 'WB-1', drugBarcode: '06901234567892', notGiven: undefined }]);
  });

  it('blocks a wrong drug until it is scanned again or stopped', async () => {
    const { actor, reach, submitted } = started();
    actor.send({ type: 'scanned', code: 'WB-1' });
    await reach('awaitingDrug');
    actor.send({ type: 'scanned', code: '06901234500001' });
    await reach('mismatch');

    actor.send({ type: 'confirm' });
    actor.send({ type: 'scanned', code: '06901234567892' });
    actor.send({ type: 'otherPatient' });
    actor.send({ type: 'notGiven', notGiven: { outcome: 'refused', reason: 'x' } });

    expect(actor.getSnapshot().value).toBe('mismatch');
    actor.send({ type: 'rescan' });
    expect(actor.getSnapshot().value).toBe('awaitingDrug');
    expect(submitted).toEqual([]);
  });

  it('blocks another patient when it came from a task, and reports when stopped', async () => {
    const { actor, reach, reported } = started({ wantedTaskId: 'T:1' });
    actor.send({ type: 'scanned', code: 'WB-2' });
    await reach('mismatch');
    actor.send({ type: 'stopAndReport' });
    await reach('stopped');

    expect(reported).toEqual(['WRONG_PATIENT']);
  });

  it('never reaches the confirmation without a wristband and a drug that matched, in 150 scans', async () => {
    let blocked = 0;
    let confirmed = 0;
    for (let run = 0; run < 150; run += 1) {
      const isGood = run % 3 !== 0;
      const { actor, reach } = started();
      actor.send({ type: 'confirm' });
      actor.send({ type: 'scanned', code: 'WB-1' });
      await reach('awaitingDrug');
      actor.send({ type: 'confirm' });
      actor.send({ type: 'scanned', code: isGood ? '6901234567892' : '06901234500001' });
      const state = await waitFor(actor, ({ value }) => value === 'confirming' || value === 'mismatch');
      if (state.value === 'mismatch') blocked += 1;
      else confirmed += 1;
      actor.stop();
    }

    expect({ blocked, confirmed }).toEqual({ blocked: 50, confirmed: 100 });
  });

  it('ignores the same wristband where a drug is due', async () => {
    const { actor, reach } = started();
    actor.send({ type: 'scanned', code: 'WB-1' });
    await reach('awaitingDrug');
    actor.send({ type: 'scanned', code: 'WB-1' });

    expect(actor.getSnapshot().value).toBe('awaitingDrug');
  });

  it('says that a wristband is unknown, and waits for the next', async () => {
    const { actor, reach } = started();
    actor.send({ type: 'scanned', code: 'WB-9' });
    await reach('checkingWristband');
    const state = await reach('awaitingWristband');

    expect(state.context.trouble).toEqual({ kind: 'unknownWristband', wristband: 'WB' });
  });

  it('goes nowhere when the check breaks instead of answering', async () => {
    const { actor, reach } = started();
    actor.send({ type: 'scanned', code: 'BROKEN' });
    const state = await waitFor(actor, ({ context }) => context.trouble !== undefined);
    await reach('awaitingWristband');

    expect(state.context.trouble).toEqual({ kind: 'problem', problem: { kind: 'unexpected', code: 'CHECK_FAILED' } });
  });

  it('records a dose that was not given, without a drug scan', async () => {
    const { actor, reach, submitted } = started();
    actor.send({ type: 'scanned', code: 'WB-1' });
    await reach('awaitingDrug');
    actor.send({ type: 'notGiven', notGiven: { outcome: 'refused', reason: '恶心' } });
    await reach('submitted');

    expect(submitted).toEqual([{ taskId: 'T:1', wristband: 'WB-1', drugBarcode: undefined, notGiven: { outcome: 'refused', reason: '恶心' } }]);
  });

  it('keeps the verified dose when the submission got no answer, so that it can be sent again', async () => {
    const { actor, reach, submitted } = started({ submits: [{ kind: 'problem', problem: { kind: 'network', code: 'NETWORK' } }, { kind: 'done' }] });
    actor.send({ type: 'scanned', code: 'WB-1' });
    await reach('awaitingDrug');
    actor.send({ type: 'scanned', code: '06901234567892' });
    await reach('confirming');
    actor.send({ type: 'confirm' });
    await reach('unsent');
    actor.send({ type: 'confirm' });
    const state = await reach('submitted');

    expect(submitted).toHaveLength(2);
    expect(submitted[1]).toEqual(submitted[0]);
    expect(state.context.trouble).toBeUndefined();
  });

  it('sends a record again by itself once the network was gone, and lets no scan take its place', async () => {
    const gone: SubmitResult = { kind: 'problem', problem: { kind: 'network', code: 'NETWORK' } };
    const clock = new SimulatedClock();
    const { actor, reach, submitted } = started({ submits: [gone, gone, { kind: 'done' }], clock });
    actor.send({ type: 'scanned', code: 'WB-1' });
    await reach('awaitingDrug');
    actor.send({ type: 'scanned', code: '06901234567892' });
    await reach('confirming');
    actor.send({ type: 'confirm' });
    await reach('unsent');

    actor.send({ type: 'scanned', code: 'WB-9' });
    clock.increment(5_000);
    await reach('submitting');
    await reach('unsent');
    clock.increment(5_000);
    await reach('submitted');

    expect(submitted).toHaveLength(3);
    expect(new Set(submitted.map((each) => JSON.stringify(each))).size).toBe(1);
  });

  it('does not repeat by itself what the server did not understand', async () => {
    const clock = new SimulatedClock();
    const { actor, reach, submitted } = started({ submits: [{ kind: 'problem', problem: { kind: 'unexpected', code: 'INTERNAL' } }], clock });
    actor.send({ type: 'scanned', code: 'WB-1' });
    await reach('awaitingDrug');
    actor.send({ type: 'scanned', code: '06901234567892' });
    await reach('confirming');
    actor.send({ type: 'confirm' });
    await reach('unsent');

    clock.increment(60_000);

    expect(actor.getSnapshot().value).toBe('unsent');
    expect(submitted).toHaveLength(1);
  });

  it('goes on with the patient of another wristband that was scanned where a drug was due', async () => {
    const { actor, reach } = started();
    actor.send({ type: 'scanned', code: 'WB-1' });
    await reach('awaitingDrug');
    actor.send({ type: 'scanned', code: 'WB-2' });
    await reach('checkingDrug');
    const told = await reach('awaitingDrug');
    expect(told.context.trouble).toMatchObject({ kind: 'otherWristband', wristband: 'WB-2' });
    expect(told.context.identified?.wristband).toBe('WB-1');

    actor.send({ type: 'switchPatient', wristband: 'WB-2' });

    const state = await reach('awaitingWristband');
    expect(state.context).toMatchObject({ identified: undefined, trouble: { kind: 'unknownWristband' } });
  });

  it('says that a dose is done once what was safely received has been carried out', async () => {
    const { actor, reach, carryOut } = started({ submits: [{ kind: 'pending' }] });
    actor.send({ type: 'scanned', code: 'WB-1' });
    await reach('awaitingDrug');
    actor.send({ type: 'scanned', code: '0106901234567892' });
    await reach('confirming');
    actor.send({ type: 'confirm' });
    await reach('pending');

    carryOut();

    await reach('submitted');
  });

  it('forgets everything of a patient when the next wristband is scanned', async () => {
    const { actor, reach } = started();
    actor.send({ type: 'scanned', code: 'WB-1' });
    await reach('awaitingDrug');
    actor.send({ type: 'scanned', code: '06901234567892' });
    await reach('confirming');
    actor.send({ type: 'confirm' });
    await reach('submitted');
    actor.send({ type: 'scanned', code: 'WB-9' });
    const state = await reach('awaitingWristband');

    expect(state.context).toMatchObject({ identified: undefined, verified: undefined, chosenTaskId: undefined });
  });

  it('marks a patient who was identified by hand', async () => {
    const { actor, reach } = started();
    actor.send({ type: 'unreadable' });
    actor.send({ type: 'unreadable' });
    expect(actor.getSnapshot().context.unreadable).toBe(2);
    actor.send({ type: 'manualPatient', entered: { encounterId: 'ZY1', name: '赵德福', reason: 'damaged' } });
    const state = await reach('awaitingDrug');

    expect(state.context.identified?.manual).toBe('damaged');
    expect(state.context.unreadable).toBe(0);
  });
});
