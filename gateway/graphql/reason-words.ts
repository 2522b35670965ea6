import type { FlowElement, LocalizedText } from '#engine';
import { errorMessages } from './error-messages.ts';

/** Reasons that the engine and the doors write as codes, beside those of refused commands. */
const reasons: Readonly<Record<string, LocalizedText>> = {
  SERVICE_OUTCOME_UNKNOWN: { 'zh-CN': '对方没有回音，可能已经执行', en: 'no answer came, and it may have been done' },
  SERVICE_FAILED: { 'zh-CN': '对方没有执行', en: 'the other side did not do it' },
  RULES_FAILED: { 'zh-CN': '规则无法判断', en: 'the rules could not decide' },
  NO_FLOW_TAKEN: { 'zh-CN': '没有满足条件的下一步', en: 'no next step fits' },
  CONDITION_NOT_BOOLEAN: { 'zh-CN': '判断所需的数据缺失', en: 'a value that the decision needs is missing' },
  CHILD_FAILED: { 'zh-CN': '调用的流程没有正常完成', en: 'the called process did not end well' },
  CALL_ENDED: { 'zh-CN': '调用它的步骤已结束', en: 'the step that called it has ended' },
  UNCAUGHT_BPMN_ERROR: { 'zh-CN': '出现未处理的业务错误', en: 'a business error that nothing handles' },
};

/** A reason in words: a check's own message, a code's text, or what a person wrote, as it is. */
export function reasonInWords(reason: string, element: FlowElement | undefined): LocalizedText {
  const check = element?.type === 'userTask' ? element.checks?.find(({ code }) => code === reason) : undefined;
  return check?.message ?? reasons[reason] ?? errorMessages[reason] ?? { 'zh-CN': reason, en: reason };
}
