import { randomUUID } from 'node:crypto';
import { WorkflowNotFoundError, WorkflowUpdateFailedError, type Client, type WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { signClaims } from '#activities';
import { engineActor, type Actor, type ProcessState } from '#engine';
import { bundleArgument, type InstanceUpdates, type ProcessWorkflowInput, type UpdateName } from '#workflows';
import type { PublishedProcess, ScriptedWorld } from './scripted-world.ts';

/** The secret of the scripts' gateway. */
export const claimsSecret = Buffer.alloc(32, 3);

/** Where scripts are played. */
export interface Surroundings { readonly environment: TestWorkflowEnvironment; readonly client: Client; readonly world: ScriptedWorld; readonly taskQueue: string; readonly processes: readonly PublishedProcess[] }

/** An instance that is played. */
export interface Played {
  readonly id: string;
  readonly processKey: string;
  readonly handle: WorkflowHandle;
}

/** The instance that a script plays, and those beside it: how they are started, told and asked, in place of the gateway. */
export class PlayedInstances {
  readonly main: Played;
  readonly #others: Played[] = [];
  readonly #around: Surroundings;
  #commands = 0;

  constructor(around: Surroundings) {
    this.#around = around;
    this.main = this.#played(randomUUID(), 'scenario');
  }

  /** Those that are played by now: a called one from when its caller has been given it. */
  get all(): readonly Played[] {
    for (const { id, processKey } of this.#around.world.children) if (!this.#others.some((other) => other.id === id)) this.#others.push(this.#played(id, processKey));
    return [this.main, ...this.#others];
  }

  byId(id: string): Played {
    const found = this.all.find((played) => played.id === id);
    if (!found) throw new Error(`Expected an instance ${id}, but none is played under this id`);
    return found;
  }

  /** Starts the main instance, in the first process. */
  async start(actor: Actor, start: Omit<ProcessWorkflowInput['start'], 'claims'>): Promise<void> {
    const [process] = this.#around.processes;
    if (process) await this.#startWorkflow(this.main, process, { ...start, claims: this.#claims(actor, this.main) });
  }

  /** Starts an instance beside it. */
  async startOther(key: string, start: Omit<ProcessWorkflowInput['start'], 'claims'>): Promise<void> {
    const process = this.#around.processes.find(({ bundle }) => bundle.definition.key === key);
    if (!process) throw new Error(`Expected a process ${key} beside the one of the script, but there is none`);
    const played = this.#played(randomUUID(), key);
    this.#others.push(played);
    await this.#startWorkflow(played, process, { ...start, claims: this.#claims(engineActor, played) });
  }

  /** Starts another run of an instance that has ended, from the state that its last batch left. */
  async runAgain({ id, processKey, handle }: Played, actor: Actor, again: Pick<ProcessWorkflowInput, 'reopen' | 'compensate'>): Promise<undefined> {
    await handle.result();
    const process = this.#around.processes.find(({ bundle }, index) => (id === this.main.id ? index === 0 : bundle.definition.key === processKey));
    const { ended, sequence } = this.#around.world.batchesOf(id).at(-1) ?? {};
    if (!process || !ended || sequence === undefined) throw new Error('Expected an instance that has ended, but it has not');
    const input: ProcessWorkflowInput = { bundleHash: process.hash, instanceId: id, businessKey: id, start: { claims: this.#claims(actor, { id }), variables: {} }, resume: { ...ended, sequence }, ...again };
    await this.#around.client.workflow.start(process.bundle.definition.key, { workflowId: handle.workflowId, workflowIdReusePolicy: 'ALLOW_DUPLICATE', taskQueue: this.#around.taskQueue, args: [bundleArgument(process.hash), input] });
    return undefined;
  }

  /** Sends an update as the gateway does and gives the refusal's code. */
  async update<Name extends UpdateName>(name: Name, body: InstanceUpdates[Name], actor: Actor, to = this.main): Promise<string | undefined> {
    const claims = this.#claims(actor, to);
    try {
      await to.handle.executeUpdate(name, { updateId: claims.commandId, args: [{ claims, body }, ...('bundleHash' in body ? [bundleArgument(body.bundleHash)] : [])] });
      return undefined;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return 'INSTANCE_NOT_RUNNING';
      if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure && error.cause.type) return error.cause.type;
      throw error;
    }
  }

  /** The states of what has begun. */
  async states(): Promise<readonly ProcessState[]> {
    const states = await Promise.all(this.all.map((played) => this.stateOf(played)));
    return states.filter((state) => state !== undefined);
  }

  async stateOf({ handle }: Played): Promise<ProcessState | undefined> {
    return handle.query<ProcessState>('state').catch((error: unknown) => {
      if (error instanceof WorkflowNotFoundError) return undefined;
      throw error;
    });
  }

  /** Of the main instance, which has begun. */
  async state(): Promise<ProcessState> {
    return this.main.handle.query<ProcessState>('state');
  }

  #played(id: string, processKey: string): Played {
    return { id, processKey, handle: this.#around.client.workflow.getHandle(`${processKey}/${id}`) };
  }

  async #startWorkflow({ id, handle }: Played, { bundle, hash }: PublishedProcess, start: ProcessWorkflowInput['start']): Promise<void> {
    const input: ProcessWorkflowInput = { bundleHash: hash, instanceId: id, businessKey: id, start };
    await this.#around.client.workflow.start(bundle.definition.key, { workflowId: handle.workflowId, taskQueue: this.#around.taskQueue, args: [bundleArgument(hash), input] });
  }

  #claims(actor: Actor, { id }: Pick<Played, 'id'>) {
    this.#commands += 1;
    return signClaims(claimsSecret, id, `command-${this.#commands}`, actor);
  }
}
