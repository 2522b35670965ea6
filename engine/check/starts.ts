import { eventDefinitionsOf, isParallelMultiple, type StartEvent } from '../definition/index.ts';
import type { Report } from './report.ts';
import { isBegunFromOutside, isEventSubProcess, type Surroundings } from './surroundings.ts';

/** How a process or sub-process begins. BPMN 2.0.2 §10.5.2. */
export function checkStarts(surroundings: Surroundings, report: Report): void {
  const { container, owner, definition } = surroundings;
  const ownerId = owner?.id ?? definition.key;
  const starts = container.flowElements.filter((element) => element.type === 'startEvent');
  if (owner?.type === 'adHocSubProcess') checkAdHoc(surroundings, ownerId, report);
  else if (isEventSubProcess(owner)) checkEventSubProcessStart(starts, ownerId, report);
  else checkPlainStarts(surroundings, starts, ownerId, report);
}

function checkPlainStarts({ container, owner, incoming }: Surroundings, starts: readonly StartEvent[], ownerId: string, report: Report): void {
  const canBegin = container.flowElements.some((element) => (incoming(element.id).length === 0 && !isBegunFromOutside(element)) || ('instantiate' in element && element.instantiate));
  const hasEnd = container.flowElements.some(({ type }) => type === 'endEvent');
  const isStartedOtherwise = container.flowElements.some((element) => 'instantiate' in element && element.instantiate);
  if (starts.length === 0 && (!canBegin || (hasEnd && !isStartedOtherwise))) report('START_EVENT_MISSING', ownerId, `Expected a start event in ${ownerId}, but there is none`);
  const plain = starts.filter(({ event }) => event === undefined);
  // A process may begin in several ways, of which a start names one; a sub-process is begun by a token alone.
  if (owner && plain.length > 1) report('START_EVENT_AMBIGUOUS', ownerId, `Expected one start event without a trigger in ${ownerId}, but there are ${plain.length}`);
  for (const start of starts) {
    if (owner && start.event) report('START_EVENT_IN_SUB_PROCESS', start.id, 'Expected the start event of an embedded sub-process to have no trigger, but it has one');
    for (const { kind } of eventDefinitionsOf(start.event)) {
      if (!owner && (kind === 'error' || kind === 'escalation' || kind === 'compensation')) report('START_EVENT_KIND', start.id, `Expected an ${kind} start event to stand in an event sub-process, but ${start.id} starts the process`);
    }
  }
  checkMessages(starts, report);
}

function checkMessages(starts: readonly StartEvent[], report: Report): void {
  const messages = new Set<string>();
  for (const start of starts) {
    for (const event of eventDefinitionsOf(start.event)) {
      if (event.kind !== 'message') continue;
      if (messages.has(event.message)) report('START_EVENT_AMBIGUOUS', start.id, `Expected one start event for message ${event.message}, but there are more`);
      messages.add(event.message);
      // Of several that are all needed, any may come after the instance has begun.
      const isAwaited = isParallelMultiple(start.event);
      if (isAwaited && event.correlationKey === undefined) report('CORRELATION_KEY_MISSING', start.id, `Expected a correlation key for message ${event.message}, which may come after the others, but there is none`);
      if (!isAwaited && event.correlationKey !== undefined) report('CORRELATION_KEY_UNEXPECTED', start.id, 'Expected a start event to have no correlation key, but it has one', 'warning');
    }
  }
}

function checkEventSubProcessStart(starts: readonly StartEvent[], ownerId: string, report: Report): void {
  const [start] = starts;
  if (!start || starts.length > 1) {
    report('EVENT_SUB_PROCESS_START', ownerId, `Expected one start event in event sub-process ${ownerId}, but there are ${starts.length}`);
    return;
  }
  const definitions = eventDefinitionsOf(start.event);
  if (definitions.length === 0) report('EVENT_SUB_PROCESS_START', start.id, `Expected start event ${start.id} of an event sub-process to have a trigger, but it has none`);
  for (const event of definitions) {
    if ((event.kind === 'error' || event.kind === 'compensation') && start.isInterrupting === false) report('ERROR_NOT_INTERRUPTING', start.id, `Expected an ${event.kind} start event to interrupt, but ${start.id} does not`);
    if (event.kind === 'message' && event.correlationKey === undefined) report('CORRELATION_KEY_MISSING', start.id, `Expected a correlation key for message ${event.message}, but there is none`);
  }
}

/** An ad-hoc sub-process has activities and neither a beginning nor an end. BPMN 2.0.2 §10.3.5. */
function checkAdHoc({ container, incoming }: Surroundings, ownerId: string, report: Report): void {
  for (const element of container.flowElements) {
    if (element.type === 'startEvent' || element.type === 'endEvent') report('AD_HOC_START_OR_END', element.id, `Expected no start or end event in ad-hoc sub-process ${ownerId}, but ${element.id} is one`);
  }
  if (!container.flowElements.some((element) => incoming(element.id).length === 0 && !isBegunFromOutside(element))) report('AD_HOC_EMPTY', ownerId, `Expected an activity in ad-hoc sub-process ${ownerId}, but there is none`);
}
