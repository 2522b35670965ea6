import { feelLanguage } from '../expression-language.ts';
import { textDraft, type Draft } from './draft.ts';

/** An expression element that says that it is FEEL. BPMN 2.0.2 §8.4.7. */
export function expressionDraft(name: string, feel: string): Draft {
  return textDraft(name, feel, { 'xsi:type': 'bpmn:tFormalExpression', language: feelLanguage });
}
