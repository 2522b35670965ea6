import { isSubProcess, type FlowElement, type ProcessDefinition } from '../definition/index.ts';
import type { CheckFinding } from './finding.ts';

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
  const visit = (elements: readonly FlowElement[]): void => {
    for (const element of elements) {
      const warn = (code: string, message: string): void => {
        findings.push({ code, severity: 'warning', elementId: element.id, message });
      };
      if (element.type === 'serviceTask') checkEffect(element, elements, effects, warn);
      if (element.type === 'userTask') checkTask(element, elements, warn);
      if (isSubProcess(element)) visit(element.flowElements);
    }
  };
  visit(definition.flowElements);
  return findings;
}

type Warn = (code: string, message: string) => void;

/** Unknown outcomes: whoever moved something has to be asked, or what it did has to be undone. */
function checkEffect(element: Extract<FlowElement, { type: 'serviceTask' }>, siblings: readonly FlowElement[], effects: ClinicalKnowledge['effects'], warn: Warn): void {
  const { activity } = element;
  const effect = effects[activity];
  if (effect !== 'none' && effect !== 'probe' && movesThings.test(activity) && !hasEvent(element, siblings, 'compensation')) {
    warn('EFFECT_NOT_UNDOABLE', `Expected ${activity}, which moves things or money, to be undone by a compensation handler or to be asked after a lost answer, but neither is there (unknown outcomes)`);
  }
}

function checkTask(element: Extract<FlowElement, { type: 'userTask' }>, siblings: readonly FlowElement[], warn: Warn): void {
  const { id } = element;
  if (element.candidateUnit === undefined && element.assignee === undefined) warn('TASK_FOR_ANYBODY', `Expected ${id} to say whose it is by unit or person, but everybody with the role sees it (ownership)`);
  if (element.dueDate === undefined && !hasEvent(element, siblings, 'timer')) warn('TASK_WITHOUT_DEADLINE', `Expected ${id} to have a due date or a timer that escalates it, but it may lie for ever (nothing is forgotten)`);
  const isHighRisk = element.presentation === 'bedsideScan' || element.ledger !== undefined;
  if (isHighRisk && !element.verification && (element.separation ?? []).length === 0) {
    warn('HIGH_RISK_UNVERIFIED', `Expected ${id}, which marks a step of a closed loop or happens at the bedside, to have a verification or a separation, but one person does it alone (two persons where it matters)`);
  }
}

function hasEvent({ id }: FlowElement, siblings: readonly FlowElement[], kind: 'compensation' | 'timer'): boolean {
  return siblings.some((other) => other.type === 'boundaryEvent' && other.attachedToRef === id && other.event.kind === kind);
}
