import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { CancellationScope, ParentClosePolicy, proxyLocalActivities, startChild } from '@temporalio/workflow';
import type { ProcessActivities } from '#activities';
import type { Command, Failure, ParentReference, Variables } from '#engine';
import { bundleArgument } from './bundle-argument.ts';
import type { LocalCalls } from './local-calls.ts';
import type { ProcessWorkflowInput } from './process-input.ts';

type StartChild = Extract<Command, { type: 'startChildProcess' }>;
type ChildActivities = Pick<ProcessActivities, 'allotChild' | 'endChild'>;

const local = proxyLocalActivities<ChildActivities>({ startToCloseTimeout: '10 seconds', retry: { initialInterval: '200 milliseconds', maximumInterval: '10 seconds' } });

/** A call whose child is about to start. */
interface Beginning {
  isWanted: boolean;
  hasStarted: boolean;
  readonly done: Promise<Failure | undefined>;
}

/**
 * The processes that an instance calls, each a child workflow that nothing but a command ends: neither the end of this
 * workflow nor its continuation reaches them. They report through the command inbox.
 */
export class ChildCalls {
  readonly #parent: Pick<ParentReference, 'processKey' | 'instanceId'>;
  readonly #localCalls: LocalCalls;
  readonly #beginnings = new Map<string, Beginning>();

  constructor(parent: Pick<ParentReference, 'processKey' | 'instanceId'>, localCalls: LocalCalls) {
    this.#parent = parent;
    this.#localCalls = localCalls;
  }

  /** Settles when the child has started, was not wanted any more, or could not start: then with the reason. */
  start(command: StartChild, attempt: number): Promise<Failure | undefined> {
    const beginning: Beginning = { isWanted: true, hasStarted: false, done: CancellationScope.nonCancellable(() => this.#begin(command, attempt, () => beginning)) };
    this.#beginnings.set(command.elementInstanceId, beginning);
    return beginning.done;
  }

  /** Ends the child; one that has not started does not start. */
  end(elementInstanceId: string, at: string): Promise<void> {
    const beginning = this.#beginnings.get(elementInstanceId);
    if (beginning) beginning.isWanted = false;
    return CancellationScope.nonCancellable(async () => {
      await beginning?.done;
      if (!beginning || beginning.hasStarted) await this.#endChild({ parentInstanceId: this.#parent.instanceId, elementInstanceId, at });
    });
  }

  #endChild(call: Parameters<ChildActivities['endChild']>[0]): Promise<void> {
    return this.#answerOf(() => local.endChild(call));
  }

  #answerOf<Answer>(send: () => Promise<Answer>): Promise<Answer> {
    return new Promise((resolve) => this.#localCalls.ask(send, resolve));
  }

  async #begin(command: StartChild, attempt: number, beginning: () => Beginning): Promise<Failure | undefined> {
    const { elementInstanceId, elementId, processKey, version, businessKey } = command;
    const call = { parentInstanceId: this.#parent.instanceId, elementInstanceId, elementId, attempt, processKey, businessKey, ...(version === undefined ? {} : { version }) };
    const child = await this.#answerOf(() => local.allotChild(call));
    if (child.kind === 'refused') return child.failure;
    if (!beginning().isWanted) {
      await this.#endChild({ parentInstanceId: this.#parent.instanceId, elementInstanceId, neverStarted: child.instanceId, at: new Date().toISOString() });
      return undefined;
    }
    beginning().hasStarted = true;
    const input: ProcessWorkflowInput = {
      bundleHash: child.bundleHash,
      instanceId: child.instanceId,
      businessKey,
      ...(child.patientId ? { patientId: child.patientId } : {}),
      parent: { ...this.#parent, elementInstanceId, attempt },
      start: { claims: child.claims, variables: command.declaredOnly ? pick(command.variables, child.declared) : command.variables },
    };
    try {
      await startChild(processKey, {
        workflowId: `${processKey}/${child.instanceId}`,
        args: [bundleArgument(child.bundleHash), input],
        parentClosePolicy: ParentClosePolicy.ABANDON,
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
      });
    } catch (error) {
      // Started before this workflow was set back to an earlier point.
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
    return undefined;
  }
}

function pick(variables: Variables, names: readonly string[]): Variables {
  return Object.fromEntries(names.flatMap((name) => (variables[name] === undefined ? [] : [[name, variables[name]]])));
}
