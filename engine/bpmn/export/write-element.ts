import type { FlowElement, SequenceFlow } from '../../definition/index.ts';
import { feelLanguage } from '../expression-language.ts';
import type { Candidate } from '../import/read-fields.ts';
import { isJsonEqual } from '../json-equal.ts';
import { replaceChildren, setAttribute, textDraft, type Draft } from './draft.ts';
import type { ExportContext } from './export-context.ts';
import { writeEvent } from './write-event.ts';
import { expressionDraft } from './write-expression.ts';
import { writeFields } from './write-fields.ts';
import { writeMultiInstance, writeStandardLoop } from './write-markers.ts';

const attributeKeys: ReadonlySet<string> = new Set(['isInterrupting', 'cancelActivity', 'attachedToRef', 'default', 'isForCompensation', 'startQuantity', 'completionQuantity', 'triggeredByEvent', 'instantiate', 'cancelRemainingInstances', 'calledElement', 'sourceRef', 'targetRef']);
/** Attributes whose values begin with a capital in BPMN. */
const capitalKeys: ReadonlySet<string> = new Set(['ordering', 'eventGatewayType']);
const expressionKeys: Readonly<Record<string, string>> = { condition: 'bpmn:conditionExpression', activationCondition: 'bpmn:activationCondition', completionCondition: 'bpmn:completionCondition' };

/** Brings an element's BPMN to what the executable form says, and touches only what has changed since `old`. */
export function writeElement(draft: Draft, old: Candidate, wanted: FlowElement | SequenceFlow, context: ExportContext): void {
  // Read by key, whatever the type of the element.
  const fields: Candidate = { ...wanted };
  for (const key of new Set([...Object.keys(old), ...Object.keys(fields)])) {
    if (!isJsonEqual(old[key], fields[key])) writeKey(draft, key, fields[key], wanted, context);
  }
  writeFields(draft, withoutMessage(old), withoutMessage(fields));
  dropReplacedData(draft, old, fields);
}

function writeKey(draft: Draft, key: string, value: unknown, wanted: FlowElement | SequenceFlow, context: ExportContext): void {
  const text = value === undefined ? undefined : String(value);
  if (key === 'name') writeName(draft, value);
  else if (key === 'documentation') replaceChildren(draft, 'bpmn:documentation', text === undefined ? [] : [textDraft('bpmn:documentation', text)]);
  else if (attributeKeys.has(key)) setAttribute(draft, key, text);
  else if (capitalKeys.has(key)) setAttribute(draft, key, text && `${text.charAt(0).toUpperCase()}${text.slice(1)}`);
  else if (key in expressionKeys) replaceChildren(draft, expressionKeys[key] ?? '', text === undefined ? [] : [expressionDraft(expressionKeys[key] ?? '', text)]);
  else if (key === 'script') {
    setAttribute(draft, 'scriptFormat', text === undefined ? undefined : feelLanguage);
    replaceChildren(draft, 'bpmn:script', text === undefined ? [] : [textDraft('bpmn:script', text)]);
  } else if (key === 'event') writeEventOf(draft, wanted, context);
  else if (key === 'standardLoop' && 'standardLoop' in wanted) writeStandardLoop(draft, wanted.standardLoop);
  else if (key === 'standardLoop') writeStandardLoop(draft, undefined);
  else if (key === 'multiInstance') writeMultiInstance(draft, 'multiInstance' in wanted ? wanted.multiInstance : undefined, context);
}

/** `name` in BPMN is the Chinese one. */
export function writeName(draft: Draft, name: unknown): void {
  const text = typeof name === 'object' && name !== null && 'zh-CN' in name ? String(name['zh-CN']) : undefined;
  setAttribute(draft, 'name', text === undefined || text === '' ? undefined : text);
}

function writeEventOf(draft: Draft, wanted: FlowElement | SequenceFlow, context: ExportContext): void {
  if ('type' in wanted && (wanted.type === 'sendTask' || wanted.type === 'receiveTask')) {
    setAttribute(draft, 'messageRef', context.referenceTo('message', wanted.event.message));
    setAttribute(draft, 'operationRef', undefined);
  } else {
    setAttribute(draft, 'messageRef', undefined);
    writeEvent(draft, 'event' in wanted ? wanted.event : undefined, context);
  }
}

/** Of a send or receive task, the message's key and mappings stand among the task's own fields. */
function withoutMessage(fields: Candidate): Candidate {
  const { type, event, ...rest } = fields;
  if ((type !== 'sendTask' && type !== 'receiveTask') || typeof event !== 'object' || event === null) return rest;
  const { correlationKey, mappings }: { correlationKey?: unknown; mappings?: unknown } = event;
  return { ...rest, correlationKey, mappings };
}

/** Data associations say what mappings say; where the mappings were changed, the old ones would say otherwise. */
function dropReplacedData(draft: Draft, old: Candidate, wanted: Candidate): void {
  const changed = (key: string): boolean => old[key] !== undefined && !isJsonEqual(old[key], wanted[key]);
  if (changed('inputs') || changed('event')) replaceChildren(draft, 'bpmn:dataInputAssociation', []);
  if (changed('outputs') || changed('resultVariable') || changed('event')) replaceChildren(draft, 'bpmn:dataOutputAssociation', []);
}
