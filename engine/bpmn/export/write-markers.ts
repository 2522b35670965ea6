import type { MultiInstance, StandardLoop } from '../../definition/index.ts';
import { childDrafts, newDraft, removeChildren, replaceChildren, setAttribute, type Draft } from './draft.ts';
import type { ExportContext } from './export-context.ts';
import { pick, writeEventDefinition } from './write-event.ts';
import { expressionDraft } from './write-expression.ts';
import { setFields } from './write-fields.ts';

/** The loop marker; an existing one keeps what is foreign in it. */
export function writeStandardLoop(draft: Draft, loop: StandardLoop | undefined): void {
  const marker = markerOf(draft, 'bpmn:standardLoopCharacteristics', loop !== undefined);
  if (!marker || !loop) return;
  setAttribute(marker, 'testBefore', String(loop.testBefore));
  setAttribute(marker, 'loopMaximum', loop.maximum === undefined ? undefined : String(loop.maximum));
  replaceChildren(marker, 'bpmn:loopMaximum', []);
  setExpression(marker, 'bpmn:loopCondition', loop.condition);
}

/** The multi-instance marker. Collections stand in its fields: BPMN has them only as data inputs and outputs. */
export function writeMultiInstance(draft: Draft, multiple: MultiInstance | undefined, context: ExportContext): void {
  const marker = markerOf(draft, 'bpmn:multiInstanceLoopCharacteristics', multiple !== undefined);
  if (!marker || !multiple) return;
  setAttribute(marker, 'isSequential', String(multiple.sequential));
  setExpression(marker, 'bpmn:loopCardinality', multiple.cardinality);
  setExpression(marker, 'bpmn:completionCondition', multiple.completionCondition);
  for (const name of ['loopDataInputRef', 'loopDataOutputRef', 'inputDataItem', 'outputDataItem']) replaceChildren(marker, `bpmn:${name}`, []);
  setFields(marker, pick(multiple, ['collection', 'elementVariable', 'outputCollection', 'outputElement']));
  writeBehavior(marker, multiple.behavior, context);
}

function writeBehavior(marker: Draft, behavior: MultiInstance['behavior'], context: ExportContext): void {
  removeChildren(marker, ({ name }) => name === 'bpmn:complexBehaviorDefinition');
  for (const name of ['behavior', 'noneBehaviorEventRef', 'oneBehaviorEventRef']) setAttribute(marker, name, undefined);
  if (!behavior) return;
  setAttribute(marker, 'behavior', `${behavior.kind.charAt(0).toUpperCase()}${behavior.kind.slice(1)}`);
  if (behavior.kind === 'complex') {
    replaceChildren(marker, 'bpmn:complexBehaviorDefinition', behavior.definitions.map(({ condition, event }) => newDraft('bpmn:complexBehaviorDefinition', {}, [expressionDraft('bpmn:condition', condition), newDraft('bpmn:event', {}, [eventDefinition(event, {}, context)])])));
    return;
  }
  const id = context.freeId(`${behavior.kind === 'none' ? 'None' : 'One'}BehaviorEvent`);
  context.addRoot(eventDefinition(behavior.event, { id }, context));
  setAttribute(marker, `${behavior.kind}BehaviorEventRef`, id);
}

function eventDefinition(event: Parameters<typeof writeEventDefinition>[1], attributes: Readonly<Record<string, string>>, context: ExportContext): Draft {
  const draft = newDraft(`bpmn:${event.kind}EventDefinition`, attributes);
  writeEventDefinition(draft, event, context);
  return draft;
}

function setExpression(draft: Draft, name: string, feel: string | undefined): void {
  replaceChildren(draft, name, feel === undefined ? [] : [expressionDraft(name, feel)]);
}

/** The marker as it is, a new one, or none. */
function markerOf(draft: Draft, name: string, isWanted: boolean): Draft | undefined {
  const [existing] = childDrafts(draft, name);
  if (isWanted && existing) return existing;
  replaceChildren(draft, name, isWanted ? [newDraft(name)] : []);
  const [made] = childDrafts(draft, name);
  return made;
}
