import type { BpmnElement } from '../document.ts';
import { attributeOf, childrenOf, textOf } from '../element-access.ts';
import type { Candidate } from './read-fields.ts';

/** The name in both languages. BPMN has one; the other stands in the fields, unless the name was changed since. */
export function readName(element: BpmnElement, fields: Candidate): Candidate {
  const name = attributeOf(element, 'name') ?? '';
  const known = fields['name'];
  if (typeof known === 'object' && known !== null && 'zh-CN' in known && known['zh-CN'] === name) return { name: known };
  return name === '' ? {} : { name: { 'zh-CN': name, en: name } };
}

export function readDocumentation(element: BpmnElement): Candidate {
  const texts = childrenOf(element, 'bpmn:documentation').map(textOf);
  return texts.length > 0 ? { documentation: texts.join('\n\n') } : {};
}
