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
  START_EVENT_NOT_NAMED: { 'zh-CN': '流程有多个开始事件，请指明从哪一个开始', en: 'The process has several start events; say at which one it begins' },
  SUBSCRIPTION_NOT_FOUND: { 'zh-CN': '没有与之对应的开始或等待', en: 'Nothing begins with this or waits for it' },
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
  CALL_NOT_WAITING: { 'zh-CN': '调用它的流程已经往下走，不再等它的结果', en: 'The case that called it has gone on and does not wait for its result' },
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
  RULE_SET_NOT_FOUND: { 'zh-CN': '没有这个规则集', en: 'There is no such rule set' },
  RULE_SET_VERSION_NOT_FOUND: { 'zh-CN': '规则集没有这个版本', en: 'The rule set has no such version' },
  RULE_NOT_FOUND: { 'zh-CN': '规则集里没有这条规则', en: 'The rule set has no such rule' },
  REVIEW_NOT_FOUND: { 'zh-CN': '没有这个审核申请', en: 'There is no such review' },
  SUSPENSION_NOT_FOUND: { 'zh-CN': '没有这个暂停记录', en: 'There is no such suspension' },
  DRAFT_CHANGED: { 'zh-CN': '其他人刚改过这份草稿；您的内容还在，请对照后再保存', en: 'Somebody else has changed the draft meanwhile; what you wrote is still here: compare, then save again' },
  DRAFT_IN_REVIEW: { 'zh-CN': '草稿正在审核；退回或撤回后才能修改', en: 'The draft is in review; it can be changed once it was returned or withdrawn' },
  DRAFT_OPEN: { 'zh-CN': '已有草稿；先发布或放弃它', en: 'There is a draft already; publish or discard it first' },
  REVIEW_CLOSED: { 'zh-CN': '该审核已有结论', en: 'The review has been decided already' },
  VERSION_TAKEN: { 'zh-CN': '该版本号已发布过', en: 'A version with this name was published already' },
  RULE_ALREADY_SUSPENDED: { 'zh-CN': '该规则已被暂停', en: 'The rule is suspended already' },
  SUSPENSION_CLOSED: { 'zh-CN': '该暂停已确认或已解除', en: 'The suspension was confirmed or lifted already' },
  ALREADY_RECALLED: { 'zh-CN': '该版本已被召回', en: 'The version was recalled already' },
  NOT_DOMAIN_OWNER: { 'zh-CN': '这由负责该专业的角色办理', en: 'This is for the role that owns the domain' },
  SAME_PERSON: { 'zh-CN': '须由另一个人办理：本人参与过的改动不能自己批准', en: 'Another person has to do this: nobody approves what they took part in' },
  RULE_SET_INVALID: { 'zh-CN': '规则集有错误，见所列各处', en: 'The rule set has errors; see the places listed' },
  RULE_SET_KEY_DIFFERS: { 'zh-CN': '文档的标识与规则集不一致', en: 'The document is of another rule set' },
  RULE_SET_DOMAIN_CHANGED: { 'zh-CN': '已发布的规则集不能换专业', en: 'A published rule set stays in its domain' },
  EFFECTIVE_AT_PAST: { 'zh-CN': '生效时间不能早于现在', en: 'It cannot take effect in the past' },
  RULE_NEEDS_NO_SIGNATURE: { 'zh-CN': '该规则不需要签署，或已签署', en: 'The rule needs no signature, or has one' },
  NOTHING_CHANGED: { 'zh-CN': '内容与当前版本相同', en: 'It says the same as the version in effect' },
  NO_DRAFT: { 'zh-CN': '没有草稿', en: 'There is no draft' },
  NO_EARLIER_VERSION: { 'zh-CN': '没有更早的版本可用；可以先暂停其中的规则', en: 'There is no earlier version to go back to; suspend its rules instead' },
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
