import { verifyClaims, type MessageCall, type ProcessActivities, type RecordBatch, type ServiceCall, type ServiceOutcome } from '#activities';
import type { ProcessState, RecordEntry, Script, ScriptStep } from '#engine';

type DecideStep = Extract<ScriptStep, { decide: unknown }>['decide'];

/** A service that was asked and waits for its step. */
export interface OpenCall {
  readonly call: ServiceCall;
  answer(outcome: ServiceOutcome): void;
}

/** The outside world of one instance, played by a script, and what the instance had recorded. */
export class ScriptedWorld {
  readonly batches: RecordBatch[] = [];
  readonly messages: MessageCall[] = [];
  readonly calls: OpenCall[] = [];
  readonly #script: Script;
  readonly #claimsSecret: Buffer;
  readonly #scripted: ReadonlySet<string>;
  readonly #decisions: DecideStep[];
  readonly #decided = new Map<string, DecideStep>();

  constructor(script: Script, claimsSecret: Buffer) {
    this.#script = script;
    this.#claimsSecret = claimsSecret;
    this.#scripted = new Set(script.steps.flatMap((step) => ('answer' in step ? [step.answer] : 'fail' in step ? [step.fail] : 'error' in step ? [step.error] : 'unanswered' in step ? [step.unanswered] : []).map(({ element }) => element)));
    this.#decisions = script.steps.flatMap((step) => ('decide' in step ? [step.decide] : []));
  }

  get entries(): readonly RecordEntry[] {
    return this.batches.flatMap(({ entries }) => entries);
  }

  /** How many calls are open at the element, whether or not it still wants the answer. */
  openCallsAt(elementId: string): number {
    return this.calls.filter(({ call }) => call.elementId === elementId).length;
  }

  /** Ends the calls whose element has gone: nobody waits for their answer. */
  releaseAbandoned(state: ProcessState): void {
    for (const open of [...this.calls]) {
      const { idempotencyKey, instanceId } = open.call;
      const elementInstanceId = idempotencyKey.slice(instanceId.length + 1);
      if (idempotencyKey.startsWith(`${instanceId}:`) && !state.elementInstances[elementInstanceId]) open.answer({ kind: 'completed', result: {} });
    }
  }

  readonly activities: ProcessActivities = {
    executeService: async (call) => {
      const answer = this.#scripted.has(call.elementId) ? undefined : this.#script.services?.[call.activity];
      if (answer !== undefined) return { kind: 'completed', result: answer };
      return new Promise<ServiceOutcome>((resolve) => {
        const open: OpenCall = {
          call,
          answer: (outcome) => {
            this.calls.splice(this.calls.indexOf(open), 1);
            resolve(outcome);
          },
        };
        this.calls.push(open);
      });
    },
    // A retry of the same evaluation gets the same answer.
    evaluateRules: async ({ elementId, elementInstanceId }) => {
      const index = this.#decisions.findIndex(({ element }) => element === elementId);
      const step = this.#decided.get(elementInstanceId) ?? this.#decisions.splice(index, index < 0 ? 0 : 1)[0];
      if (!step) return { kind: 'failed', failure: { code: 'RULES_FAILED', elementId, message: 'Expected a decide step, but the script has none' } };
      this.#decided.set(elementInstanceId, step);
      return { kind: 'decided', version: step.version ?? 'script', decisionId: `simulated-${elementInstanceId}`, result: step.result };
    },
    recordInstance: async ({ batch, claims }) => {
      for (const claim of claims) if (!verifyClaims(this.#claimsSecret, batch.instanceId, claim)) throw new Error(`Expected the claims of ${claim.actor.id} to verify, but they do not`);
      if (!this.batches.some(({ sequence }) => sequence === batch.sequence)) this.batches.push(batch);
    },
    allotChild: async ({ elementId, processKey }) => ({ kind: 'refused', failure: { code: 'CHILD_FAILED', elementId, message: `Expected a process ${processKey}, but a script plays one process` } }),
    endChild: async () => undefined,
    sendMessage: async (call) => {
      if (!this.messages.some(({ elementInstanceId }) => elementInstanceId === call.elementInstanceId)) this.messages.push(call);
    },
  };
}
