import type { Text } from '../../i18n/use-text.ts';
import { stateKey } from '../../status/state.ts';
import type { ElementState } from './element-states.ts';
import { successorsOf, type GraphElement, type ProcessGraph } from './process-graph.ts';

/** What kind of step it is, by intent: 做任务, 判断, 等待. */
export function kindWord(element: GraphElement, { t }: Text): string {
  return t(`element.${element.type}`);
}

/** The name of an element, else its kind. */
export function elementName(element: GraphElement, text: Text): string {
  return element.name === '' ? kindWord(element, text) : element.name;
}

/** `做任务：床旁给药，第 7 步，进行中，下一步 生成护理记录`: the accessible name of an element. */
export function elementLabel(element: GraphElement, position: number, state: ElementState | undefined, graph: ProcessGraph, text: Text): string {
  const next = successorsOf(graph, element.id).map((each) => elementName(each, text));
  return text.t('element.label', {
    kind: kindWord(element, text),
    name: elementName(element, text),
    position,
    state: text.t(stateKey(state?.state ?? 'idle')),
    next: next.length === 0 ? '' : text.t('element.next', { names: next.join(text.locale === 'zh-CN' ? '、' : ', ') }),
  });
}
