import { eventDefinitionsOf, isSubProcess, type FlowContainer, type FlowElement, type ProcessDefinition } from '../definition/index.ts';
import type { CheckFinding } from './finding.ts';
import { isEventSubProcess } from './surroundings.ts';

/** What a lost answer of an activity means: nothing, it may be repeated, or it can be asked. */
export type ActivityEffect = 'none' | 'idempotent' | 'probe';

/** What the clinical rules depend on beside the definition. */
export interface ClinicalKnowledge {
  /** The registered activities with their effects; one that is not registered may do anything. */
  readonly effects: { readonly [activity: string]: ActivityEffect };
}

/** Activities that move things or money, by the words in their names. */
const movesThings = /(?:^|[.\-_])(?:cabinet|robot|pump|dispens\w*|devices?|hardware|pay\w*|bank|refund\w*|money|charge\w*|invoice\w*)(?=$|[.\-_A-Z])/i;

/**
 * What experience in hospitals asks of a process beyond its being sound. Warnings: each may be right where it stands,
 * but somebody has to have thought of it.
 */
export function clinicalFindings(definition: ProcessDefinition, { effects }: ClinicalKnowledge): CheckFinding[] {
  const findings: CheckFinding[] = [];
  const visit = ({ flowElements }: FlowContainer, outside: Precautions): void => {
    const around = precautionsBeside(flowElements, outside);
    for (const element of flowElements) {
      const warn: Warn = (code, message) => {
        findings.push({ code, severity: 'warning', elementId: element.id, message });
      };
      // What an event sub-process does for its scope it does not do for itself.
      const own = precautionsOn(element, flowElements, isEventSubProcess(element) ? outside : around);
      if (element.type === 'serviceTask') checkEffect(element, own, effects, warn);
      if (element.type === 'userTask') checkTask(element, own, warn);
      if (isSubProcess(element)) visit(element, own);
    }
  };
  visit(definition, { isTimed: false, isUndone: false });
  return findings;
}

type Warn = (code: string, message: string) => void;

/** What stands around an element in case that nobody does it, or that it has to be taken back. */
interface Precautions {
  /** A timer that fires while it waits. */
  readonly isTimed: boolean;
  /** A handler that undoes it: its own, or that of a sub-process around it. */
  readonly isUndone: boolean;
}

function precautionsOn({ id }: FlowElement, siblings: readonly FlowElement[], around: Precautions): Precautions {
  const kinds = siblings.flatMap((other) => (other.type === 'boundaryEvent' && other.attachedToRef === id ? kindsOf(other) : []));
  return { isTimed: around.isTimed || kinds.includes('timer'), isUndone: around.isUndone || kinds.includes('compensation') };
}

function precautionsBeside(elements: readonly FlowElement[], outside: Precautions): Precautions {
  const kinds = elements.flatMap((element) => (isSubProcess(element) && isEventSubProcess(element) ? element.flowElements.flatMap((inner) => (inner.type === 'startEvent' ? kindsOf(inner) : [])) : []));
  return { isTimed: outside.isTimed || kinds.includes('timer'), isUndone: outside.isUndone || kinds.includes('compensation') };
}

/** What the event occurs for: of several that are all needed, none alone. */
function kindsOf(element: Extract<FlowElement, { type: 'boundaryEvent' | 'startEvent' }>): readonly string[] {
  const { event } = element;
  return event?.kind === 'multiple' && event.parallel ? [] : eventDefinitionsOf(event).map(({ kind }) => kind);
}

/** Unknown outcomes: whoever moved something has to be asked, or what it did has to be undone. */
function checkEffect({ activity, isForCompensation }: Extract<FlowElement, { type: 'serviceTask' }>, { isUndone }: Precautions, effects: ClinicalKnowledge['effects'], warn: Warn): void {
  const effect = effects[activity];
  if (effect === 'none' || effect === 'probe' || isUndone || !movesThings.test(activity)) return;
  // What undoes something cannot be undone itself; it is enough that it may be repeated.
  if (isForCompensation && effect === 'idempotent') return;
  warn('EFFECT_NOT_UNDOABLE', `Expected ${activity}, which moves things or money, to be undone by a compensation handler or to be asked after a lost answer, but neither is there (unknown outcomes)`);
}

function checkTask(element: Extract<FlowElement, { type: 'userTask' }>, { isTimed }: Precautions, warn: Warn): void {
  const { id } = element;
  if (element.candidateUnit === undefined && element.assignee === undefined) warn('TASK_FOR_ANYBODY', `Expected ${id} to say whose it is by unit or person, but everybody with the role sees it (ownership)`);
  if (element.dueDate === undefined && !isTimed) warn('TASK_WITHOUT_DEADLINE', `Expected ${id} to have a due date or a timer that escalates it, but it may lie for ever (nothing is forgotten)`);
  const isHighRisk = element.presentation === 'bedsideScan' || element.ledger !== undefined;
  if (isHighRisk && !element.verification && (element.separation ?? []).length === 0) {
    warn('HIGH_RISK_UNVERIFIED', `Expected ${id}, which marks a step of a closed loop or happens at the bedside, to have a verification or a separation, but one person does it alone (two persons where it matters)`);
  }
}
