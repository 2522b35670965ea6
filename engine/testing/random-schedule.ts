import { engineActor } from '../actor.ts';
import type { Command } from '../command.ts';
import type { EngineEvent } from '../event.ts';
import type { ProcessState } from '../state.ts';
import { nurse, operator, otherNurse, system } from './process-builder.ts';

/** Everything that could happen next to a running instance, in a fixed order. */
export function possibleEvents(state: ProcessState, open: OpenRequests, choice: number): EngineEvent[] {
  const base = { id: `c${choice}`, at: '2026-03-01T08:00:00.000Z', actor: engineActor };
  const events: EngineEvent[] = [];
  for (const elementInstanceId of open.services) {
    if (choice % 11 === 3) events.push({ ...base, type: 'serviceFailed', elementInstanceId, failure: { code: 'SERVICE_FAILED', message: 'no' } });
    else if (choice % 11 === 5) events.push({ ...base, type: 'serviceOutcomeUnknown', elementInstanceId, failure: { code: 'SERVICE_OUTCOME_UNKNOWN', message: 'silent' } });
    else events.push({ ...base, type: 'serviceCompleted', elementInstanceId, result: { n: choice % 10 } });
  }
  for (const elementInstanceId of open.children) {
    if (choice % 11 === 4) events.push({ ...base, type: 'childFailed', elementInstanceId, failure: { code: 'CHILD_FAILED', message: 'no' } });
    else events.push({ ...base, type: 'childCompleted', elementInstanceId, variables: { n: choice % 10 } });
  }
  for (const signal of new Set(Object.values(state.signalSubscriptions ?? {}).map((subscription) => subscription.signal))) events.push({ ...base, type: 'signalReceived', signal, payload: {} });
  for (const elementInstanceId of open.rules) events.push({ ...base, type: 'rulesEvaluated', elementInstanceId, version: '1', decisionId: 'd', result: choice % 10 });
  for (const { id, assignee, verifying } of Object.values(state.userTasks)) {
    if (choice % 5 === 1 && !verifying) events.push({ ...base, actor: nurse, ...(assignee ? { type: 'userTaskReleased', taskId: id } : { type: 'userTaskClaimed', taskId: id }) });
    else if (verifying && choice % 7 === 2) events.push({ ...base, actor: otherNurse, type: 'userTaskVerificationRejected', taskId: id, reason: 'random' });
    else events.push({ ...base, actor: verifying ? otherNurse : nurse, type: 'userTaskCompleted', taskId: id, data: { n: choice % 10 } });
  }
  for (const { id, dueAt } of Object.values(state.timers)) events.push({ ...base, at: dueAt, type: 'timerFired', timerId: id });
  for (const { id } of Object.values(state.subscriptions)) events.push({ ...base, actor: system, type: 'messageReceived', subscriptionId: id, payload: { y: choice % 10 } });
  for (const { id, allowed } of Object.values(state.incidents)) {
    const kind = allowed[choice % allowed.length] ?? 'retry';
    events.push({ ...base, actor: operator, type: 'incidentResolved', incidentId: id, resolution: kind === 'confirmDone' ? { kind, result: { n: 1 } } : { kind }, reason: 'random', variables: { x: choice % 10 } });
  }
  return events;
}

/** What the shell has been asked for and not answered, folded from commands. */
export class OpenRequests {
  readonly services = new Set<string>();
  readonly rules = new Set<string>();
  readonly children = new Set<string>();
  /** Timers, tasks, subscriptions and incidents that were opened and not closed. */
  readonly others = new Set<string>();

  take(event: EngineEvent, commands: readonly Command[]): void {
    if ('elementInstanceId' in event) {
      this.services.delete(event.elementInstanceId);
      this.rules.delete(event.elementInstanceId);
      this.children.delete(event.elementInstanceId);
    }
    if (event.type === 'timerFired') this.others.delete(event.timerId);
    for (const command of commands) {
      if (command.type === 'executeService') this.services.add(command.elementInstanceId);
      else if (command.type === 'cancelService') this.services.delete(command.elementInstanceId);
      else if (command.type === 'evaluateRules') this.rules.add(command.elementInstanceId);
      else if (command.type === 'startChildProcess') this.children.add(command.elementInstanceId);
      else if (command.type === 'cancelChildProcess') this.children.delete(command.elementInstanceId);
      else if (command.type === 'openSignalSubscription') this.others.add(command.subscription.id);
      else if (command.type === 'closeSignalSubscription') this.others.delete(command.subscriptionId);
      else if (command.type === 'startTimer') this.others.add(command.timer.id);
      else if (command.type === 'cancelTimer') this.others.delete(command.timerId);
      else if (command.type === 'createUserTask') this.others.add(command.task.id);
      else if (command.type === 'closeUserTask') this.others.delete(command.taskId);
      else if (command.type === 'openSubscription') this.others.add(command.subscription.id);
      else if (command.type === 'closeSubscription') this.others.delete(command.subscriptionId);
      else if (command.type === 'raiseIncident') this.others.add(command.incident.id);
      else if (command.type === 'closeIncident') this.others.delete(command.incidentId);
    }
  }
}
