import type { Text } from '../../i18n/use-text.ts';
import { stateKey } from '../../status/state.ts';
import type { ElementState } from './element-states.ts';
import type { GraphElement } from './graph-element.ts';
import { successorsOf, type ProcessGraph } from './process-graph.ts';

/** What kind of step it is, by intent: 做任务, 判断, 等时间, 出错则. */
export function kindWord(element: GraphElement, { t, lookup }: Pick<Text, 't' | 'lookup'>): string {
  const variant = element.isVerified === true ? 'verified' : element.isEventSubProcess === true ? 'onEvent' : element.eventKind;
  const word = t(`element.${element.type}`);
  return variant === undefined ? word : lookup(`element.${element.type}.${variant}`, word);
}

/** The name of an element, else its kind. */
export function elementName(element: GraphElement, text: Pick<Text, 't' | 'lookup'>): string {
  return element.name === '' ? kindWord(element, text) : element.name;
}

const selfEvident = new Set<string>(['exclusiveGateway', 'parallelGateway']);

/** What stands beside an event or gateway: its name, else its kind unless everybody knows the sign. */
export function outerLabel(element: GraphElement, text: Pick<Text, 't' | 'lookup'>): string {
  if (element.name !== '') return element.name;
  const isPlainEvent = element.type.endsWith('Event') && element.eventKind === undefined;
  return isPlainEvent || selfEvident.has(element.type) ? '' : kindWord(element, text);
}

/** `出错则，不打断 · boundary event (error)`: the word with the standard's own name, for those who know it. */
export function elementTitle(element: GraphElement, text: Pick<Text, 't' | 'lookup'>): string {
  const standard = element.isEventSubProcess === true ? 'event sub-process' : element.type.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  const signs = [...(element.eventKind === undefined ? [] : [element.eventKind]), ...element.markers, ...(element.interrupts === false ? ['non-interrupting'] : [])];
  return `${kindWord(element, text)}${element.interrupts === false ? text.t('element.goesOn') : ''} · ${standard}${signs.length === 0 ? '' : ` (${signs.join(', ')})`}`;
}

/** `做任务：床旁给药，第 7 步，进行中，下一步 生成护理记录`: the accessible name of an element. */
export function elementLabel(element: GraphElement, position: number, state: ElementState | undefined, graph: ProcessGraph, text: Text): string {
  const next = successorsOf(graph, element.id).map((each) => elementName(each, text));
  const words = {
    kind: `${kindWord(element, text)}${element.interrupts === false ? text.t('element.goesOn') : ''}${element.markers.map((marker) => text.t(`element.marker.${marker}`)).join('')}`,
    name: elementName(element, text),
    position,
    next: next.length === 0 ? '' : text.t('element.next', { names: next.join(text.locale === 'zh-CN' ? '、' : ', ') }),
  };
  // A process that is only looked at has no states.
  return state === undefined ? text.t('element.labelPlain', words) : text.t('element.label', { ...words, state: text.t(stateKey(state.state)) });
}
