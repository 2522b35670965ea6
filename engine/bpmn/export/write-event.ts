import { eventDefinitionsOf, isParallelMultiple, type EventDefinition } from '../../definition/index.ts';
import { attributeOf } from '../element-access.ts';
import { allDrafts, childDrafts, newDraft, placeChild, removeChildren, replaceChildren, setAttribute, type Draft } from './draft.ts';
import type { ExportContext } from './export-context.ts';
import { expressionDraft } from './write-expression.ts';
import { setFields } from './write-fields.ts';

type EventField = Parameters<typeof eventDefinitionsOf>[0];

/** The event definitions of an event element, existing ones of the same kind kept with what is foreign in them. */
export function writeEvent(draft: Draft, event: EventField, context: ExportContext): void {
  const existing = childDrafts(draft).filter(({ name }) => name.endsWith('EventDefinition'));
  const definitions = eventDefinitionsOf(event).map((definition, index) => {
    const name = elementNameOf(definition);
    const reused = existing[index]?.name === name ? existing[index] : undefined;
    const element = reused ?? newDraft(name);
    writeEventDefinition(element, definition, context);
    return element;
  });
  removeChildren(draft, (child) => child.name.endsWith('EventDefinition') || child.name === 'bpmn:eventDefinitionRef');
  for (const definition of definitions) placeChild(draft, definition);
  setAttribute(draft, 'parallelMultiple', event?.kind === 'multiple' && event.parallel !== undefined ? String(isParallelMultiple(event)) : undefined);
}

function elementNameOf({ kind }: EventDefinition): string {
  return kind === 'compensation' ? 'bpmn:compensateEventDefinition' : `bpmn:${kind}EventDefinition`;
}

/** One event definition: its references, expressions and fields. */
export function writeEventDefinition(draft: Draft, event: EventDefinition, context: ExportContext): void {
  switch (event.kind) {
    case 'timer':
      for (const field of ['timeDate', 'timeDuration', 'timeCycle'] as const) replaceChildren(draft, `bpmn:${field}`, event[field] === undefined ? [] : [expressionDraft(`bpmn:${field}`, event[field])]);
      return setFields(draft, pick(event, ['calendar']));
    case 'message':
      setAttribute(draft, 'messageRef', context.referenceTo('message', event.message));
      return setFields(draft, pick(event, ['correlationKey', 'mappings']));
    case 'signal':
      setAttribute(draft, 'signalRef', context.referenceTo('signal', event.signal));
      return setFields(draft, pick(event, ['mappings']));
    case 'conditional':
      return replaceChildren(draft, 'bpmn:condition', [expressionDraft('bpmn:condition', event.condition)]);
    case 'link':
      return setAttribute(draft, 'name', event.link);
    case 'error':
      setAttribute(draft, 'errorRef', event.errorCode === undefined ? undefined : context.referenceTo('error', event.errorCode));
      return setFields(draft, pick(event, ['mappings']));
    case 'escalation':
      setAttribute(draft, 'escalationRef', event.escalationCode === undefined ? undefined : context.referenceTo('escalation', event.escalationCode));
      return setFields(draft, pick(event, ['mappings']));
    case 'compensation':
      setAttribute(draft, 'activityRef', event.activityRef);
      return setAttribute(draft, 'waitForCompletion', event.waitForCompletion === undefined ? undefined : String(event.waitForCompletion));
    default:
      return;
  }
}

/** The keys that have a value. */
export function pick(value: object, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([key, entry]) => keys.includes(key) && entry !== undefined));
}

/** The association from a compensation event to the activity that undoes. */
export function writeHandler(container: Draft, event: Draft, handler: string | undefined, isActivity: (id: string) => boolean, context: ExportContext): void {
  const id = attributeOf(event, 'id') ?? '';
  const association = [...allDrafts(context.definitions)].find((each) => each.name === 'bpmn:association' && attributeOf(each, 'sourceRef') === id && isActivity(attributeOf(each, 'targetRef') ?? ''));
  if (handler === undefined) for (const parent of association ? [...allDrafts(context.definitions)] : []) removeChildren(parent, (child) => child === association);
  else if (association) setAttribute(association, 'targetRef', handler);
  else placeChild(container, newDraft('bpmn:association', { id: context.freeId(`Association_${id}`), associationDirection: 'One', sourceRef: id, targetRef: handler }));
}
