import type { ChildReport, Claims, RecordBatch } from '#activities';
import { openSignalSubscriptions, openSubscriptions, openUserTasks, type Command, type ParentReference, type ProcessPlan, type ProcessState, type SignalSubscription } from '#engine';

/** Writes a batch; calls `recorded` once it is in the database. */
type Write = (batch: RecordBatch, claims: readonly Claims[], recorded: () => void) => void;

/**
 * Gathers what the steps have to put on record and writes it once a quiescent point, in order.
 * `recorded(sequence)` settles when the batch with that sequence is in the database.
 */
export class Recorder {
  #sequence: number;
  #recorded: number;
  #bundleHash: string;
  readonly #accepted: readonly string[];
  #commands: Command[] = [];
  #claims: Claims[] = [];
  #waiting: { readonly sequence: number; readonly resolve: () => void }[] = [];
  readonly #identity: { readonly instanceId: string; readonly processKey: string; readonly patientId?: string };
  readonly #write: Write;

  /**
   * `sequence`: of the last batch already recorded; 0 for a new instance. `bundleHash`: in which version the instance is on
   * record. `accepted`: ids of the commands taken so far, by the time of each flush.
   */
  constructor(identity: { readonly instanceId: string; readonly processKey: string; readonly patientId?: string }, from: { readonly sequence: number; readonly bundleHash: string; readonly accepted: readonly string[] }, write: Write) {
    this.#identity = identity;
    this.#sequence = from.sequence;
    this.#recorded = from.sequence;
    this.#bundleHash = from.bundleHash;
    this.#accepted = from.accepted;
    this.#write = write;
  }

  /** Sequence of the last recorded batch. */
  get sequence(): number {
    return this.#recorded;
  }

  get isDirty(): boolean {
    return this.#commands.length > 0;
  }

  /**
   * Adds a step's commands to the next batch and returns that batch's sequence. A step without any is on record
   * with what was before it.
   */
  add(commands: readonly Command[], claims?: Claims): number {
    if (commands.length === 0) return this.isDirty ? this.#sequence + 1 : this.#sequence;
    this.#commands.push(...commands);
    if (claims) this.#claims.push(claims);
    return this.#sequence + 1;
  }

  /** Settles when the batch with that sequence is in the database. */
  recorded(sequence: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.#recorded >= sequence) resolve();
      else this.#waiting.push({ sequence, resolve });
    });
  }

  /** Writes everything gathered so far; a no-op when there is nothing. `version`: in which the instance is now. */
  flush(state: ProcessState, { hash, plan }: { readonly hash: string; readonly plan: ProcessPlan }, at: string): void {
    if (!this.isDirty) return;
    const commands = this.#commands;
    const claims = this.#claims;
    this.#commands = [];
    this.#claims = [];
    this.#sequence += 1;
    const sequence = this.#sequence;
    const version = { plan, bundleHash: hash, isNew: hash !== this.#bundleHash };
    this.#bundleHash = hash;
    this.#write(toBatch({ ...this.#identity, sequence, at }, commands, state, version, this.#accepted), claims, () => {
      this.#recorded = sequence;
      for (const { resolve } of this.#waiting.filter((waiting) => waiting.sequence <= sequence)) resolve();
      this.#waiting = this.#waiting.filter((waiting) => waiting.sequence > sequence);
    });
  }
}

type BatchHead = Pick<RecordBatch, 'instanceId' | 'processKey' | 'sequence' | 'at' | 'patientId'>;

/** How many accepted command ids an instance remembers beyond its run. */
export const rememberedCommands = 256;

/** Sorts commands into the tables that the recording activity writes. */
function toBatch(head: BatchHead, commands: readonly Command[], state: ProcessState, version: { readonly plan: ProcessPlan; readonly bundleHash: string; readonly isNew: boolean }, accepted: readonly string[]): RecordBatch {
  const tasks = new Map<string, RecordBatch['tasks']['upsert'][number]>();
  const closedTasks: RecordBatch['tasks']['close'][number][] = [];
  const opened: RecordBatch['subscriptions']['open'][number][] = [];
  const closedSubscriptions: string[] = [];
  const raised: RecordBatch['incidents']['raise'][number][] = [];
  const resolved: RecordBatch['incidents']['close'][number][] = [];
  const ledger: RecordBatch['ledger'][number][] = [];
  const entries: RecordBatch['entries'][number][] = [];
  const completed: string[] = [];
  const openedSignals: SignalSubscription[] = [];
  const closedSignals: string[] = [];
  const outbound: NonNullable<RecordBatch['outbound']>[number][] = [];
  let errorCode: string | undefined;

  for (const command of commands) {
    switch (command.type) {
      case 'recordEntry':
        entries.push(command.entry);
        if (command.entry.action === 'element.completed' && command.entry.elementId) completed.push(command.entry.elementId);
        break;
      case 'createUserTask':
      case 'updateUserTask':
        tasks.set(command.task.id, command.task);
        break;
      case 'closeUserTask':
        closedTasks.push({ taskId: command.taskId, outcome: command.outcome, at: head.at, ...completedBy(commands, command.taskId) });
        break;
      case 'openSubscription':
        opened.push(command.subscription);
        break;
      case 'closeSubscription':
        closedSubscriptions.push(command.subscriptionId);
        break;
      case 'openSignalSubscription':
        openedSignals.push(command.subscription);
        break;
      case 'closeSignalSubscription':
        closedSignals.push(command.subscriptionId);
        break;
      case 'broadcastSignal':
        outbound.push({ kind: 'signal', key: `${command.elementInstanceId}/${command.signal}`, signal: command.signal, payload: command.payload });
        break;
      case 'compensateChildProcess':
        outbound.push({ kind: 'compensateChild', key: `${command.elementInstanceId}/${command.attempt}`, call: command.call, elementInstanceId: command.elementInstanceId, attempt: command.attempt });
        break;
      case 'escalateToParent':
        if (state.parent) outbound.push({ kind: 'reportChild', key: `escalation/${head.sequence}/${outbound.length}`, ...callOf(state.parent), report: { kind: 'escalated', escalationCode: command.escalationCode, payload: command.payload } });
        break;
      case 'endInstance':
        errorCode = command.error?.errorCode;
        if (state.parent) outbound.push({ kind: 'reportChild', key: `end/${head.sequence}`, ...callOf(state.parent), report: reportOfEnd(command, commands) });
        break;
      case 'raiseIncident':
        raised.push(command.incident);
        break;
      case 'closeIncident':
        resolved.push({ incidentId: command.incidentId, at: head.at, by: resolvedBy(commands) });
        break;
      case 'recordLedger':
        ledger.push({ loop: command.loop, step: command.step, item: command.item, elementId: command.elementId, at: command.at, actor: command.actor });
        break;
      default:
        break;
    }
  }

  return {
    ...head,
    entries,
    tasks: { upsert: [...tasks.values()], close: closedTasks },
    subscriptions: { open: opened, close: closedSubscriptions },
    incidents: { raise: raised, close: resolved },
    ledger,
    ...(openedSignals.length + closedSignals.length > 0 ? { signals: { open: openedSignals, close: closedSignals } } : {}),
    ...(outbound.length > 0 ? { outbound } : {}),
    ...(state.endedAt === undefined ? {} : { ended: { state, accepted: accepted.slice(-rememberedCommands) } }),
    instance: {
      // Shown as a status of its own: whoever looks for running instances finds none that stands still.
      status: state.paused ? 'paused' : state.status,
      ...(state.startedAt ? { startedAt: state.startedAt } : {}),
      ...(state.endedAt ? { endedAt: state.endedAt } : {}),
      activeElements: Object.values(state.elementInstances).map(({ id, elementId, status, activatedAt }) => ({ elementId, elementInstanceId: id, status, since: activatedAt })),
      completed,
      variables: state.scopes['root']?.variables ?? {},
      ...(version.isNew ? { bundleHash: version.bundleHash } : {}),
      ...(errorCode === undefined ? {} : { errorCode }),
    },
    open: {
      tasks: openUserTasks(version.plan, state).map(({ id, elementId, assignee, owner, verifying, candidateRoles, form }) => ({ id, elementId, candidateRoles, form, ...(assignee ? { assignee } : {}), ...(owner ? { owner } : {}), ...(verifying ? { verifying } : {}) })),
      subscriptions: openSubscriptions(state),
      incidents: Object.keys(state.incidents),
      bundleHash: version.bundleHash,
      ...(state.signalSubscriptions ? { signals: openSignalSubscriptions(state) } : {}),
    },
  };
}

/** Where a report to the caller goes. */
function callOf({ instanceId, elementInstanceId, attempt }: ParentReference) {
  return { to: instanceId, elementInstanceId, ...(attempt === undefined ? {} : { attempt }) };
}

/** What the caller hears of the end. */
function reportOfEnd({ status, variables, error, isUndoable, isUndone }: Extract<Command, { type: 'endInstance' }>, commands: readonly Command[]): ChildReport {
  if (isUndone) return { kind: 'compensated' };
  if (status === 'completed') return { kind: 'completed', variables, ...(isUndoable ? { isUndoable } : {}) };
  if (error) return { kind: 'error', error };
  const refused = commands.find((command) => command.type === 'rejectEvent')?.failure;
  const message = refused?.message ?? 'Expected the called process to end well, but it was cancelled';
  return { kind: 'failed', failure: { code: 'CHILD_FAILED', message, ...(refused?.place === undefined ? {} : { place: refused.place }) } };
}

function completedBy(commands: readonly Command[], taskId: string): { completedBy?: string } {
  for (const command of commands) {
    if (command.type === 'recordEntry' && command.entry.action === 'task.completed' && command.entry.taskId === taskId) return { completedBy: command.entry.actor.id };
  }
  return {};
}

function resolvedBy(commands: readonly Command[]): string {
  for (const command of commands) {
    if (command.type === 'recordEntry' && command.entry.action === 'incident.resolved') return command.entry.actor.id;
  }
  return 'careloop';
}
