import { allElements, eventDefinitionsOf, type FlowElement, type ProcessDefinition } from '../definition/index.ts';
import type { CheckFinding } from './finding.ts';
import { visitWithPrecautions, type Precautions } from './precautions.ts';

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
export function clinicalFindings(definition: ProcessDefinition, { effects }: ClinicalKnowledge, called: readonly ProcessDefinition[] = []): CheckFinding[] {
  const findings: CheckFinding[] = [];
  const undoes = allElements(definition).some(isUndoing);
  visitWithPrecautions(definition, (element, own) => {
    const warn: Warn = (code, message) => {
      findings.push({ code, severity: 'warning', elementId: element.id, message });
    };
    if (element.type === 'serviceTask') checkEffect(element, own, effects, warn);
    if (element.type === 'userTask') checkTask(element, own, warn);
    if (element.type === 'callActivity' && undoes && !own.isUndone && !element.isForCompensation) checkCall(element, called, effects, warn);
  });
  return findings;
}

type Warn = (code: string, message: string) => void;

/** Unknown outcomes: whoever moved something has to be asked, or what it did has to be undone. */
function checkEffect({ activity, isForCompensation }: Extract<FlowElement, { type: 'serviceTask' }>, { isUndone }: Precautions, effects: ClinicalKnowledge['effects'], warn: Warn): void {
  const effect = effects[activity];
  if (effect === 'none' || effect === 'probe' || isUndone || !movesThings.test(activity)) return;
  // What undoes something cannot be undone itself; it is enough that it may be repeated.
  if (isForCompensation && effect === 'idempotent') return;
  warn('EFFECT_NOT_UNDOABLE', `Expected ${activity}, which moves things or money, to be undone by a compensation handler or to be asked after a lost answer, but neither is there (unknown outcomes)`);
}

/** Whether the process undoes what has completed in it. */
function isUndoing(element: FlowElement): boolean {
  return (element.type === 'intermediateThrowEvent' || element.type === 'endEvent') && eventDefinitionsOf(element.event).some(({ kind }) => kind === 'compensation' || kind === 'cancel');
}

/** A completed call without a handler is undone by the process that it called: what has none there either stays done. BPMN 2.0.2 §10.7. */
function checkCall({ calledElement }: Extract<FlowElement, { type: 'callActivity' }>, called: readonly ProcessDefinition[], effects: ClinicalKnowledge['effects'], warn: Warn): void {
  const left = effectsLeft(calledElement, called, effects, new Set());
  if (left.length > 0) warn('CALL_NOT_UNDOABLE', `Expected everything that moves things or money in ${calledElement}, which undoes itself when this call is undone, to have a compensation handler, but ${left.join(', ')} has none: it stays done`);
}

/** Where the process, or one that it calls, moves something that nothing undoes. */
function effectsLeft(processKey: string, called: readonly ProcessDefinition[], effects: ClinicalKnowledge['effects'], seen: Set<string>): string[] {
  const definition = called.find(({ key }) => key === processKey);
  if (!definition || seen.has(processKey)) return [];
  seen.add(processKey);
  const left: string[] = [];
  visitWithPrecautions(definition, (element, { isUndone }) => {
    if (isUndone || ('isForCompensation' in element && element.isForCompensation)) return;
    if (element.type === 'serviceTask' && effects[element.activity] !== 'none' && movesThings.test(element.activity)) left.push(`${processKey}/${element.id}`);
    if (element.type === 'callActivity') left.push(...effectsLeft(element.calledElement, called, effects, seen));
  });
  return left;
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
