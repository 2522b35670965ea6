import { randomUUID } from 'node:crypto';
import { signClaims, verifyClaims, type ChildCall, type ChildEnd, type MessageCall, type ProcessActivities, type RecordBatch, type ServiceCall, type ServiceOutcome } from '#activities';
import { engineActor, type ProcessBundle, type ProcessState, type RecordEntry, type Script, type ScriptStep } from '#engine';

type DecideStep = Extract<ScriptStep, { decide: unknown }>['decide'];

/** A service that was asked and waits for its step. */
export interface OpenCall {
  readonly call: ServiceCall;
  answer(outcome: ServiceOutcome): void;
}

/** A process that can be called or started, under the hash of its published bytes. */
export interface PublishedProcess {
  readonly bundle: ProcessBundle;
  readonly hash: string;
}

/** An instance that a call has been given. */
export interface AllottedChild {
  readonly id: string;
  readonly processKey: string;
  readonly call: ChildCall;
}

/** What an instance has sent with a batch. */
export type SentCommand = NonNullable<RecordBatch['outbound']>[number] & { readonly senderId: string };

/** The outside world of a script's instances, played by the script, and what they had recorded. */
export class ScriptedWorld {
  readonly batches: RecordBatch[] = [];
  readonly messages: MessageCall[] = [];
  readonly calls: OpenCall[] = [];
  readonly children: AllottedChild[] = [];
  readonly endedCalls: ChildEnd[] = [];
  readonly #processes: readonly PublishedProcess[];
  readonly #script: Script;
  readonly #claimsSecret: Buffer;
  readonly #scripted: ReadonlySet<string>;
  readonly #decisions: DecideStep[];
  readonly #decided = new Map<string, DecideStep>();

  constructor(script: Script, claimsSecret: Buffer, processes: readonly PublishedProcess[]) {
    this.#processes = processes;
    this.#script = script;
    this.#claimsSecret = claimsSecret;
    this.#scripted = new Set(script.steps.flatMap((step) => ('answer' in step ? [step.answer] : 'fail' in step ? [step.fail] : 'error' in step ? [step.error] : 'unanswered' in step ? [step.unanswered] : []).map(({ element }) => element)));
    this.#decisions = script.steps.flatMap((step) => ('decide' in step ? [step.decide] : []));
  }

  batchesOf(instanceId: string): readonly RecordBatch[] {
    return this.batches.filter((batch) => batch.instanceId === instanceId);
  }

  entriesOf(instanceId: string): readonly RecordEntry[] {
    return this.batchesOf(instanceId).flatMap(({ entries }) => entries);
  }

  /** Everything sent so far, in the order in which it came on record. */
  get sent(): readonly SentCommand[] {
    return this.batches.flatMap(({ instanceId, outbound = [] }) => outbound.map((command) => ({ ...command, senderId: instanceId })));
  }

  /** How many calls are open at the element, whether or not it still wants the answer. */
  openCallsAt(elementId: string): number {
    return this.calls.filter(({ call }) => call.elementId === elementId).length;
  }

  /** Ends the calls whose element has gone: nobody waits for their answer. */
  releaseAbandoned(state: ProcessState): void {
    for (const open of [...this.calls]) {
      const { idempotencyKey, instanceId } = open.call;
      if (instanceId !== state.instanceId) continue;
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
      if (!this.batches.some(({ instanceId, sequence }) => instanceId === batch.instanceId && sequence === batch.sequence)) this.batches.push(batch);
    },
    allotChild: async (call) => {
      const found = this.#processes.find(({ bundle: { definition } }) => definition.key === call.processKey && (call.version === undefined || definition.version === call.version));
      if (!found) return { kind: 'refused', failure: { code: 'CHILD_FAILED', elementId: call.elementId, message: `Expected a published process "${call.processKey}", but found none` } };
      const isSame = ({ call: { parentInstanceId, elementInstanceId, attempt } }: AllottedChild) => parentInstanceId === call.parentInstanceId && elementInstanceId === call.elementInstanceId && attempt === call.attempt;
      const child = this.children.find(isSame) ?? { id: randomUUID(), processKey: call.processKey, call };
      if (!this.children.includes(child)) this.children.push(child);
      return { kind: 'allotted', instanceId: child.id, bundleHash: found.hash, declared: found.bundle.definition.variables.map(({ name }) => name), claims: signClaims(this.#claimsSecret, child.id, `call:${child.id}`, engineActor) };
    },
    endChild: async (end) => {
      // One that was allotted only is none.
      if (end.neverStarted === undefined) this.endedCalls.push(end);
      else this.children.splice(this.children.findIndex(({ id }) => id === end.neverStarted), 1);
    },
    nextTask: async () => undefined,
    sendMessage: async (call) => {
      if (!this.messages.some(({ instanceId, elementInstanceId, ordinal }) => instanceId === call.instanceId && elementInstanceId === call.elementInstanceId && ordinal === call.ordinal)) this.messages.push(call);
    },
  };
}
