import type { ExpectedErrorContent } from './expected-errors.ts';
import type { Language } from './language.ts';

/** What people read, by stable code. The code, not the text, is for programs. */
export const errorMessages: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  PROCESS_NOT_FOUND: { 'zh-CN': '没有这个已发布的流程', en: 'There is no published process with this key' },
  INSTANCE_NOT_FOUND: { 'zh-CN': '找不到该流程实例，或您无权查看', en: 'There is no such case, or you may not see it' },
  TASK_NOT_FOUND: { 'zh-CN': '找不到该任务，或您无权查看', en: 'There is no such task, or you may not see it' },
  INCIDENT_NOT_FOUND: { 'zh-CN': '找不到该异常，或已处理', en: 'There is no such exception, or it was resolved' },
  ALERT_NOT_FOUND: { 'zh-CN': '找不到该提醒，或您无权查看', en: 'There is no such alert, or you may not see it' },
  PATIENT_NOT_FOUND: { 'zh-CN': '没有这位患者', en: 'There is no such patient' },
  MEDICATION_NOT_FOUND: { 'zh-CN': '药品目录中没有该药品', en: 'The drug catalogue does not have this product' },
  BUSINESS_KEY_IN_USE: { 'zh-CN': '该业务编号已有流程实例', en: 'A case with this business key exists already' },
  IDEMPOTENCY_KEY_REUSED: { 'zh-CN': '该幂等键已用于另一项内容不同的操作', en: 'This idempotency key was used with another payload' },
  VARIABLE_MISSING: { 'zh-CN': '缺少必填的数据', en: 'A required value is missing' },
  VARIABLE_UNDECLARED: { 'zh-CN': '流程没有定义这项数据', en: 'The process does not declare this value' },
  VARIABLE_WRONG_TYPE: { 'zh-CN': '数据类型不对', en: 'The value has the wrong type' },
  VARIABLE_TOO_LARGE: { 'zh-CN': '数据超过 256 KiB，请改用附件', en: 'The value is larger than 256 KiB; use an attachment' },
  STATE_TOO_LARGE: { 'zh-CN': '该实例的数据总量超过 1 MiB', en: 'The data of this case exceed 1 MiB' },
  FORM_INVALID: { 'zh-CN': '表单填写有误', en: 'The form is not filled in correctly' },
  INPUT_INVALID: { 'zh-CN': '输入有误', en: 'The input is not valid' },
  TASK_NOT_OPEN: { 'zh-CN': '任务已结束', en: 'The task has ended' },
  TASK_NOT_YOURS: { 'zh-CN': '这不是您可以办理的任务', en: 'This task is not yours to do' },
  TASK_CLAIMED_BY_OTHER: { 'zh-CN': '任务已由他人领取', en: 'Someone else has taken the task' },
  TASK_SAME_PERSON: { 'zh-CN': '不能由同一人完成两次核对', en: 'The same person may not do both checks' },
  ACTIVITY_NOT_YOURS: { 'zh-CN': '该活动由其他岗位开始', en: 'That activity is begun by people of another role' },
  VERIFICATION_NOT_PENDING: { 'zh-CN': '该任务不在等待核对', en: 'The task does not wait for a second person' },
  VERIFICATION_EXPIRED: { 'zh-CN': '第二人未在规定时间内核对', en: 'The second person did not verify it in time' },
  DELEGATE_NOT_ELIGIBLE: { 'zh-CN': '不能交给这个人代办', en: 'This person may not do the task' },
  ACTIVITY_NOT_AVAILABLE: { 'zh-CN': '现在不能开始这个步骤', en: 'This step cannot begin now' },
  COMPLETION_CHECK_FAILED: { 'zh-CN': '核对不通过', en: 'A check did not pass' },
  INSTANCE_NOT_RUNNING: { 'zh-CN': '流程已结束', en: 'The case has ended' },
  INSTANCE_NOT_ENDED: { 'zh-CN': '流程还没有结束', en: 'The case has not ended' },
  INSTANCE_NOT_ANSWERING: { 'zh-CN': '暂时读不到流程的当前状态，请稍后再试', en: 'The state of the case cannot be read at the moment; try again' },
  ENDED_STATE_MISSING: { 'zh-CN': '没有保存该流程结束时的状态（由早先的版本结束，或其密钥已销毁），不能重新打开', en: 'The state with which the case ended was not kept (an earlier release ended it, or its key was destroyed); it cannot be reopened' },
  INSTANCE_PAUSED: { 'zh-CN': '流程已被暂停，恢复后再办理', en: 'The case is paused; try again when it goes on' },
  INSTANCE_NOT_PAUSED: { 'zh-CN': '流程没有被暂停', en: 'The case is not paused' },
  MODIFICATION_INVALID: { 'zh-CN': '不能这样调整流程的进度', en: 'The case cannot be moved in this way' },
  MIGRATION_INVALID: { 'zh-CN': '不能迁移到这个版本', en: 'The case cannot go on in this version' },
  FILE_TOO_LARGE: { 'zh-CN': '文件太大：最多 5 MB', en: 'The file is too large: at most 5 MB' },
  MODEL_TOO_COMPLEX: { 'zh-CN': '这个流程模型太复杂，在限定的时间和内存内检查不完', en: 'This process model is too complex to be checked in the time and memory allowed' },
  CHECK_BUSY: { 'zh-CN': '正在检查别的文件，请稍后再试', en: 'Other files are being checked; try again in a moment' },
  REASON_MISSING: { 'zh-CN': '请填写原因', en: 'Give a reason' },
  INCIDENT_RESOLUTION_INVALID: { 'zh-CN': '该异常不能这样处理', en: 'This exception cannot be resolved in this way' },
  FORBIDDEN: { 'zh-CN': '您没有此操作的权限', en: 'You may not do this' },
};

/** The message for people: a check's own words, else the code's, with the place where there is one. */
export function errorMessage({ code, place, checkMessage }: ExpectedErrorContent, language: Language): string {
  if (checkMessage) return checkMessage[language];
  const text = errorMessages[code]?.[language] ?? { 'zh-CN': '操作未被接受', en: 'The operation was not accepted' }[language];
  if (place === undefined) return text;
  return language === 'zh-CN' ? `${text}（${place}）` : `${text} (${place})`;
}

/** Codes that have a text in both languages. */
export const knownErrorCodes: readonly string[] = Object.keys(errorMessages);
