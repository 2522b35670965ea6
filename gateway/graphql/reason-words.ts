import type { FlowElement, LocalizedText } from '#engine';
import { overrideReasonName } from '../cds-hooks/index.ts';
import { errorMessages } from './error-messages.ts';

/** Reasons that the engine and the doors write as codes, beside those of refused commands. */
const reasons: Readonly<Record<string, LocalizedText>> = {
  SERVICE_OUTCOME_UNKNOWN: { 'zh-CN': '对方没有回音，可能已经执行', en: 'no answer came, and it may have been done' },
  SERVICE_FAILED: { 'zh-CN': '对方没有执行', en: 'the other side did not do it' },
  RULES_FAILED: { 'zh-CN': '规则无法判断', en: 'the rules could not decide' },
  NO_FLOW_TAKEN: { 'zh-CN': '没有满足条件的下一步', en: 'no next step fits' },
  CONDITION_NOT_BOOLEAN: { 'zh-CN': '判断所需的数据缺失', en: 'a value that the decision needs is missing' },
  EXPRESSION_FAILED: { 'zh-CN': '流程里的一个算式无法计算', en: 'an expression of the process could not be evaluated' },
  TIMER_INVALID: { 'zh-CN': '等待的时间无法计算', en: 'the time to wait for could not be read' },
  COLLECTION_INVALID: { 'zh-CN': '要逐个处理的内容不是列表', en: 'what is to be repeated over is no list' },
  COLLECTION_TOO_LARGE: { 'zh-CN': '要逐个处理的内容太多', en: 'there is too much to repeat over' },
  CORRELATION_KEY_INVALID: { 'zh-CN': '认不出在等哪一条消息', en: 'it cannot be told which message is waited for' },
  STEP_BUDGET_EXCEEDED: { 'zh-CN': '流程一直在绕圈，已被拦下', en: 'the process went round in circles and was stopped' },
  DEADLOCK: { 'zh-CN': '流程走到一半，没有步骤能往下走', en: 'no step can go on' },
  CHILD_FAILED: { 'zh-CN': '调用的流程没有正常完成', en: 'the called process did not end well' },
  CALL_ENDED: { 'zh-CN': '调用它的步骤已结束', en: 'the step that called it has ended' },
  CALL_COMPENSATED: { 'zh-CN': '调用它的步骤被撤销', en: 'the step that called it is undone' },
  INVALID_USERNAME_OR_PASSWORD: { 'zh-CN': '用户名或密码不对', en: 'the user name or the password is wrong' },
  TOO_MANY_ATTEMPTS: { 'zh-CN': '输错次数太多，须等一会儿再试', en: 'there were too many wrong tries; wait a while' },
  IDLE: { 'zh-CN': '长时间没有操作', en: 'nobody worked with it' },
  ENDED_BY_PERSON: { 'zh-CN': '本人结束', en: 'the person ended it' },
  ENDED_BY_ADMINISTRATOR: { 'zh-CN': '由管理员结束', en: 'an administrator ended it' },
  PASSWORD_CHANGED: { 'zh-CN': '密码已修改', en: 'the password was changed' },
  RECOVERED: { 'zh-CN': '账号已恢复', en: 'the account was recovered' },
  ACCOUNT_DISABLED: { 'zh-CN': '账号已停用', en: 'the account was disabled' },
  SIGNED_IN_AGAIN: { 'zh-CN': '在同一浏览器重新登录', en: 'the browser signed in again' },
  HARD: { 'zh-CN': '禁止', en: 'blocked' },
  UNKNOWN: { 'zh-CN': '数据缺失，不能判断', en: 'data are missing' },
  PHARMACIST: { 'zh-CN': '须由药师审核', en: 'a pharmacist has to decide' },
  WARN: { 'zh-CN': '有提示', en: 'a warning' },
  PASS: { 'zh-CN': '通过', en: 'no objection' },
  FIRST_LINK_INVALID: { 'zh-CN': '首次登录链接已失效', en: 'the first link has expired or was used' },
  ABSENCE_BEGUN: { 'zh-CN': '本人缺勤开始，按登记转交', en: 'their absence has begun' },
  password: { 'zh-CN': '用密码', en: 'by password' },
  'by-name': { 'zh-CN': '按姓名', en: 'by name' },
  'by-number': { 'zh-CN': '按腕带或住院号', en: 'by wristband or number' },
  resuscitation: { 'zh-CN': '抢救', en: 'resuscitation' },
  'urgent-treatment': { 'zh-CN': '紧急诊疗', en: 'urgent treatment' },
  'cover-without-record': { 'zh-CN': '临时顶班，尚未登记', en: 'cover that is not entered yet' },
  consultation: { 'zh-CN': '会诊', en: 'consultation' },
  transfer: { 'zh-CN': '转科', en: 'transfer' },
  'follow-up': { 'zh-CN': '随访', en: 'follow-up' },
  justified: { 'zh-CN': '合理', en: 'justified' },
  'not-justified': { 'zh-CN': '不合理', en: 'not justified' },
  'needs-inquiry': { 'zh-CN': '需进一步核查', en: 'needs inquiry' },
  'password+otp': { 'zh-CN': '用密码和动态验证码', en: 'by password and one-time code' },
  'password+backup-code': { 'zh-CN': '用密码和备用码', en: 'by password and backup code' },
  passkey: { 'zh-CN': '用通行密钥', en: 'by passkey' },
  'one-time code': { 'zh-CN': '动态验证码', en: 'one-time code' },
  code: { 'zh-CN': '用动态验证码', en: 'by one-time code' },
  backupCode: { 'zh-CN': '用备用码', en: 'by backup code' },
  CODE_WRONG: { 'zh-CN': '验证码不对或已过期', en: 'the code is wrong or too old' },
  CODE_REUSED: { 'zh-CN': '验证码已经用过', en: 'the code was used already' },
  CODE_LOCKED: { 'zh-CN': '验证码连续输错太多，须改用通行密钥或备用码', en: 'too many codes in a row were wrong; a passkey or a backup code is needed' },
  INVALID_PASSWORD: { 'zh-CN': '密码不对', en: 'the password is wrong' },
  PASSKEY_NOT_FOUND: { 'zh-CN': '没有登记过这个通行密钥', en: 'this passkey is not registered' },
  AUTHENTICATION_FAILED: { 'zh-CN': '通行密钥验证未通过', en: 'the passkey could not be verified' },
  CHALLENGE_NOT_FOUND: { 'zh-CN': '通行密钥的验证已过期或用过', en: 'the passkey was shown too late or a second time' },
  USER_NOT_VERIFIED: { 'zh-CN': '通行密钥没有要求指纹、人脸或 PIN', en: 'the passkey came without finger, face or PIN' },
  PASSKEY_COUNTER_NOT_HIGHER: { 'zh-CN': '通行密钥的计数没有增加，可能被复制', en: 'the counter of the passkey has not grown: it may have been copied' },
  SECOND_FACTOR_REQUIRED: { 'zh-CN': '还没有出示第二种验证方式', en: 'no second factor was shown yet' },
  UNCAUGHT_BPMN_ERROR: { 'zh-CN': '出现未处理的业务错误', en: 'a business error that nothing handles' },
};

/** A reason in words: a check's own message, a code's text, or what a person wrote, as it is. */
export function reasonInWords(reason: string, element: FlowElement | undefined): LocalizedText {
  const check = element?.type === 'userTask' ? element.checks?.find(({ code }) => code === reason) : undefined;
  return check?.message ?? ownWords(reason) ?? overrideReasonName(reason) ?? { 'zh-CN': reason, en: reason };
}

/** Words of a code; a text that is the name of a part of every object is none. */
function ownWords(reason: string): LocalizedText | undefined {
  return Object.hasOwn(reasons, reason) ? reasons[reason] : Object.hasOwn(errorMessages, reason) ? errorMessages[reason] : undefined;
}
