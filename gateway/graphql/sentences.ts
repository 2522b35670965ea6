import type { FlowElement, LocalizedText } from '#engine';
import { roleWords } from '../identity/policy/words.ts';
import { peopleActs } from './people-sentences.ts';
import type { OperationFacts } from './operation-facts.ts';
import { reasonInWords } from './reason-words.ts';
import { systemName } from './system-names.ts';

/** What a sentence is built from. */
export interface SentenceParts {
  readonly action: string;
  readonly actorId: string;
  readonly actorKind: string;
  readonly actorRoles: readonly string[];
  readonly actorName: string | undefined;
  readonly element: FlowElement | undefined;
  readonly elementId?: string | undefined;
  readonly reason?: string | undefined;
  readonly ruleSet?: string | undefined;
  readonly ruleSetVersion?: string | undefined;
  readonly ruleSetName?: LocalizedText | undefined;
  readonly operation?: OperationFacts | undefined;
  readonly lateEntry: boolean;
}

/** People are told by their first role that has a word. */
const titles: Readonly<Record<string, LocalizedText>> = roleWords;

type Template = (who: string, step: string, parts: SentenceParts) => string;
interface Templates {
  readonly 'zh-CN': Template;
  readonly en: Template;
}

/** Where it was; an entry of the door or the inbox is about no step. */
const at = { 'zh-CN': (step: string) => (step === '' ? '' : `（${step}）`), en: (step: string) => (step === '' ? '' : ` (${step})`) };
/** The rule set's name, marked off as those of steps are, else its key; with the version. */
const rule = (language: keyof LocalizedText, { ruleSet, ruleSetVersion, ruleSetName }: SentenceParts) => (ruleSet === undefined ? '' : `${ruleSetName === undefined ? ` ${ruleSet}` : `“${ruleSetName[language]}”`}${ruleSetVersion === undefined ? '' : ` v${ruleSetVersion}`}`);
const scans = ({ element }: SentenceParts) => element?.type === 'userTask' && element.presentation === 'bedsideScan';

/** `“审批”、“通知”`, and nothing where no step is named. */
const steps = (language: keyof LocalizedText, { operation }: SentenceParts) => (operation?.steps ?? []).map((name) => `“${name[language]}”`).join(language === 'zh-CN' ? '、' : ', ');

const resolutions: Readonly<Record<string, Templates>> = {
  retry: { 'zh-CN': (who, step) => `${who}重试了“${step}”`, en: (who, step) => `${who} had “${step}” tried again` },
  skip: { 'zh-CN': (who, step) => `${who}跳过了“${step}”`, en: (who, step) => `${who} had “${step}” left out` },
  confirmDone: { 'zh-CN': (who, step) => `${who}核实“${step}”已做`, en: (who, step) => `${who} confirmed that “${step}” was done` },
  confirmNotDone: { 'zh-CN': (who, step) => `${who}核实“${step}”未做，重新执行`, en: (who, step) => `${who} confirmed that “${step}” was not done; it is done again` },
  childReopened: { 'zh-CN': (_who, step) => `“${step}”的子流程实例重新打开后有了结果，异常随之解除`, en: (_who, step) => `The case of “${step}” was reopened and has ended; the exception is settled` },
};
const resolved = (language: keyof LocalizedText, otherwise: Template): Template => (who, step, parts) => (resolutions[parts.operation?.resolution ?? '']?.[language] ?? otherwise)(who, step, parts);

/** One pair of templates an action. An action that is not here is told by its name. */
const templates: Readonly<Record<string, Templates>> = {
  'instance.started': { 'zh-CN': (who) => `${who}启动了流程`, en: (who) => `${who} started the case` },
  'instance.completed': { 'zh-CN': () => '流程已完成', en: () => 'The case is complete' },
  'instance.cancelled': { 'zh-CN': (who) => `${who}终止了流程`, en: (who) => `${who} stopped the case` },
  'instance.failed': { 'zh-CN': () => '流程异常结束', en: () => 'The case ended with an error' },
  'instance.paused': { 'zh-CN': (who) => `${who}暂停了流程`, en: (who) => `${who} paused the case` },
  'instance.resumed': { 'zh-CN': (who) => `${who}恢复了流程`, en: (who) => `${who} let the case go on` },
  'instance.modified': {
    'zh-CN': (who, _step, parts) => (parts.operation?.steps ? `${who}把进度移到${steps('zh-CN', parts)}` : `${who}结束了流程中的步骤`),
    en: (who, _step, parts) => (parts.operation?.steps ? `${who} moved the case to ${steps('en', parts)}` : `${who} ended a step of the case`),
  },
  'instance.migrated': {
    'zh-CN': (who, _step, { operation }) => `${who}把流程迁移到${operation?.version === undefined ? '另一版本' : `版本 ${operation.version}`}`,
    en: (who, _step, { operation }) => `${who} moved the case to ${operation?.version === undefined ? 'another version' : `version ${operation.version}`}`,
  },
  'instance.reopened': {
    'zh-CN': (who, _step, parts) => `${who}重新打开了流程${parts.operation?.steps ? `，从${steps('zh-CN', parts)}继续` : ''}`,
    en: (who, _step, parts) => `${who} reopened the case${parts.operation?.steps ? ` at ${steps('en', parts)}` : ''}`,
  },
  'event.held': { 'zh-CN': () => '暂停期间收到的事件，恢复后处理', en: () => 'An event came while the case was paused; it is kept for later' },
  'element.activated': { 'zh-CN': (_who, step) => `进入步骤“${step}”`, en: (_who, step) => `Step “${step}” began` },
  'element.completed': { 'zh-CN': (_who, step) => `步骤“${step}”已完成`, en: (_who, step) => `Step “${step}” is done` },
  'element.terminated': { 'zh-CN': (_who, step) => `步骤“${step}”被中断`, en: (_who, step) => `Step “${step}” was interrupted` },
  'flow.taken': { 'zh-CN': (_who, step) => `走向“${step}”`, en: (_who, step) => `Went on by “${step}”` },
  'task.created': { 'zh-CN': (_who, step) => `任务“${step}”待办`, en: (_who, step) => `Task “${step}” is waiting` },
  'task.claimed': { 'zh-CN': (who, step) => `${who}领取了“${step}”`, en: (who, step) => `${who} took “${step}”` },
  'task.released': { 'zh-CN': (who, step) => `${who}退回了“${step}”`, en: (who, step) => `${who} handed back “${step}”` },
  'task.completed': {
    'zh-CN': (who, step, parts) => (scans(parts) ? `${who}扫描核对，与医嘱一致，完成“${step}”` : `${who}完成了“${step}”`),
    en: (who, step, parts) => (scans(parts) ? `${who} scanned, all matched the order, and did “${step}”` : `${who} did “${step}”`),
  },
  'task.performed': { 'zh-CN': (who, step) => `${who}做了“${step}”，等待第二人核对`, en: (who, step) => `${who} did “${step}”; a second person has to verify it` },
  'task.verificationRejected': { 'zh-CN': (who, step) => `${who}未通过“${step}”的核对，退回重做`, en: (who, step) => `${who} did not confirm “${step}”; it goes back` },
  'task.delegated': { 'zh-CN': (who, step) => `${who}把“${step}”交给他人代办`, en: (who, step) => `${who} handed “${step}” to somebody else` },
  'task.cancelled': { 'zh-CN': (_who, step) => `任务“${step}”已取消`, en: (_who, step) => `Task “${step}” was cancelled` },
  'task.refused': { 'zh-CN': (who, step) => `${who}办理“${step}”被拒绝`, en: (who, step) => `${who} was refused at “${step}”` },
  'service.requested': { 'zh-CN': (_who, step) => `系统动作“${step}”已发出`, en: (_who, step) => `The system action “${step}” was asked for` },
  'service.completed': { 'zh-CN': (_who, step) => `系统动作“${step}”已完成`, en: (_who, step) => `The system action “${step}” was done` },
  'service.failed': { 'zh-CN': (_who, step) => `“${step}”失败`, en: (_who, step) => `“${step}” failed` },
  'service.outcomeUnknown': { 'zh-CN': (_who, step) => `“${step}”没有回应，结果未知`, en: (_who, step) => `“${step}” got no answer; its outcome is unknown` },
  'decision.made': { 'zh-CN': (_who, step, parts) => `“${step}”按规则${rule('zh-CN', parts)} 得出结论`, en: (_who, step, parts) => `“${step}” was decided by ${rule('en', parts).trim()}` },
  'timer.fired': { 'zh-CN': (_who, step) => `“${step}”时间到`, en: (_who, step) => `The time of “${step}” came` },
  'message.received': { 'zh-CN': (who, step) => `收到${who}的消息${at['zh-CN'](step)}`, en: (who, step) => `A message from ${who} arrived${at.en(step)}` },
  'message.sent': { 'zh-CN': (_who, step) => `已发出消息${at['zh-CN'](step)}`, en: (_who, step) => `A message was sent${at.en(step)}` },
  'error.thrown': { 'zh-CN': (_who, step) => `“${step}”报告了业务错误`, en: (_who, step) => `“${step}” reported an error` },
  'error.caught': { 'zh-CN': (_who, step) => `“${step}”转入出错处理`, en: (_who, step) => `“${step}” took over after an error` },
  'signal.sent': { 'zh-CN': (_who, step) => `已广播信号${at['zh-CN'](step)}`, en: (_who, step) => `A signal was broadcast${at.en(step)}` },
  'signal.received': { 'zh-CN': (_who, step) => `收到信号${at['zh-CN'](step)}`, en: (_who, step) => `A signal arrived${at.en(step)}` },
  'condition.met': { 'zh-CN': (_who, step) => `“${step}”的条件已满足`, en: (_who, step) => `The condition of “${step}” is met` },
  'escalation.thrown': { 'zh-CN': (_who, step) => `“${step}”已上报`, en: (_who, step) => `“${step}” was escalated` },
  'escalation.caught': { 'zh-CN': (_who, step) => `“${step}”受理上报`, en: (_who, step) => `“${step}” took up the escalation` },
  'compensation.started': {
    'zh-CN': (who, step) => (step === '' ? `${who}开始撤销已完成的步骤` : `“${step}”开始撤销已完成的步骤`),
    en: (who, step) => (step === '' ? `${who} began to undo what was done` : `“${step}” began to undo what was done`),
  },
  'compensation.completed': {
    'zh-CN': (_who, step) => (step === '' ? '已撤销完毕' : `“${step}”已撤销完毕`),
    en: (_who, step) => (step === '' ? 'What was done has been undone' : `“${step}” has undone it`),
  },
  'child.started': { 'zh-CN': (_who, step) => `“${step}”启动了子流程实例`, en: (_who, step) => `“${step}” started another case` },
  'child.completed': { 'zh-CN': (_who, step) => `“${step}”的子流程实例已完成`, en: (_who, step) => `The case of “${step}” is complete` },
  'child.compensationStarted': { 'zh-CN': (_who, step) => `开始撤销“${step}”的子流程实例`, en: (_who, step) => `The case of “${step}” is being undone` },
  'child.compensated': { 'zh-CN': (_who, step) => `“${step}”的子流程实例已撤销`, en: (_who, step) => `The case of “${step}” has been undone` },
  'incident.raised': { 'zh-CN': (_who, step) => `“${step}”出现异常，等待处理`, en: (_who, step) => `“${step}” is stuck and waits for an operator` },
  'incident.resolved': {
    'zh-CN': resolved('zh-CN', (who, step) => `${who}处理了“${step}”的异常`),
    en: resolved('en', (who, step) => `${who} resolved the exception at “${step}”`),
  },
  'variables.changed': { 'zh-CN': (who) => `${who}修改了数据`, en: (who) => `${who} changed values` },
  'event.rejected': { 'zh-CN': (who, step) => `${who}的操作未被接受${at['zh-CN'](step)}`, en: (who, step) => `An act of ${who} was not accepted${at.en(step)}` },
  'patient.read': { 'zh-CN': (who) => `${who}查看了患者信息`, en: (who) => `${who} looked at the patient's data` },
  'patient.searched': { 'zh-CN': (who, _step, { reason = '' }) => `${who}${reasonInWords(reason, undefined)['zh-CN']}查找了患者`, en: (who, _step, { reason = '' }) => `${who} looked for a patient ${reasonInWords(reason, undefined).en}`.trim() },
  'emergencyAccess.taken': { 'zh-CN': (who) => `${who}启用了紧急访问`, en: (who) => `${who} took emergency access` },
  'emergencyAccess.ended': { 'zh-CN': (who) => `${who}结束了紧急访问`, en: (who) => `${who} ended the emergency access` },
  'emergencyAccess.expired': { 'zh-CN': () => '紧急访问到期结束', en: () => 'An emergency access ended by its time' },
  'emergencyAccess.reviewed': { 'zh-CN': (who) => `${who}审核了紧急访问`, en: (who) => `${who} reviewed the emergency access` },
  'emergencyAccess.reviewCorrected': { 'zh-CN': (who) => `${who}更正了紧急访问的审核结论`, en: (who) => `${who} corrected the review of the emergency access` },
  'careTeam.memberAdded': { 'zh-CN': (who) => `${who}把一人加入诊疗组`, en: (who) => `${who} added somebody to the care team` },
  'careTeam.memberEnded': { 'zh-CN': (who) => `${who}结束了一人的诊疗组成员关系`, en: (who) => `${who} ended a membership of the care team` },
  'careTeam.memberExpired': { 'zh-CN': () => '一人的诊疗组成员关系到期结束', en: () => 'A membership of the care team ended by its time' },
  'sensitivityLabel.set': { 'zh-CN': (who) => `${who}设置了敏感标识`, en: (who) => `${who} set a sensitivity label` },
  'sensitivityLabel.removed': { 'zh-CN': (who) => `${who}移除了敏感标识`, en: (who) => `${who} removed a sensitivity label` },
  'audit.searched': { 'zh-CN': (who) => `${who}查询了审计记录`, en: (who) => `${who} searched the record` },
  'access.refused': { 'zh-CN': (who) => `拒绝了${who}的访问`, en: (who) => `Access was refused to ${who}` },
  'command.refused': {
    'zh-CN': (who, _step, { operation }) => (operation?.kind === 'reportChild' ? '子流程实例重新打开后的结果未被采用' : `${who}的操作被拒绝`),
    en: (who, _step, { operation }) => (operation?.kind === 'reportChild' ? 'The result of a called case that was reopened was not taken' : `An operation of ${who} was refused`),
  },
  'order.checked': { 'zh-CN': (who) => `${who}在签署前核对了一条医嘱`, en: (who) => `${who} checked an order before signing it` },
  'card.accepted': { 'zh-CN': (who) => `${who}采纳了一张提示卡片`, en: (who) => `${who} accepted a card` },
  'card.overridden': { 'zh-CN': (who) => `${who}未采纳一张提示卡片`, en: (who) => `${who} overrode a card` },
  'order.checkRefused': { 'zh-CN': (who) => `${who}要核对的医嘱无法核对`, en: (who) => `An order that ${who} asked about could not be checked` },
  'alert.acknowledged': { 'zh-CN': (who) => `${who}确认了提醒`, en: (who) => `${who} acknowledged an alert` },
  'person.signedOut': { 'zh-CN': (who) => `${who}退出登录`, en: (who) => `${who} signed out` },
  'signIn.refused': { 'zh-CN': () => '有人登录失败', en: () => 'Someone failed to sign in' },
  'order.received': { 'zh-CN': (who) => `收到 ${who} 的医嘱`, en: (who) => `An order from ${who} arrived` },
  'order.refused': { 'zh-CN': (who) => `退回了 ${who} 的医嘱`, en: (who) => `An order from ${who} was refused` },
  'message.refused': { 'zh-CN': (who) => `退回了 ${who} 的消息`, en: (who) => `A message from ${who} was refused` },
  'rules.draftSaved': { 'zh-CN': (who, _step, parts) => `${who}保存了规则集${rule('zh-CN', parts)} 的草稿`, en: (who, _step, parts) => `${who} saved the draft of the rule set ${rule('en', parts).trim()}` },
  'rules.draftImported': { 'zh-CN': (who, _step, parts) => `${who}从文件导入了规则集${rule('zh-CN', parts)} 的草稿`, en: (who, _step, parts) => `${who} imported the draft of the rule set ${rule('en', parts).trim()} from a file` },
  'rules.draftDiscarded': { 'zh-CN': (who, _step, parts) => `${who}放弃了规则集${rule('zh-CN', parts)} 的草稿`, en: (who, _step, parts) => `${who} discarded the draft of the rule set ${rule('en', parts).trim()}` },
  'rules.signed': { 'zh-CN': (who, _step, parts) => `${who}在规则集${rule('zh-CN', parts)} 的草稿中签署了规则`, en: (who, _step, parts) => `${who} signed rules in the draft of the rule set ${rule('en', parts).trim()}` },
  'rules.reviewRequested': { 'zh-CN': (who, _step, parts) => `${who}提交规则集${rule('zh-CN', parts)} 审核`, en: (who, _step, parts) => `${who} put the rule set ${rule('en', parts).trim()} before a second person` },
  'rules.rollBackRequested': { 'zh-CN': (who, _step, parts) => `${who}申请把规则集恢复为早先内容，作为${rule('zh-CN', parts)}`, en: (who, _step, parts) => `${who} put an earlier content of the rule set before a second person as ${rule('en', parts).trim()}` },
  'rules.reviewReturned': { 'zh-CN': (who, _step, parts) => `${who}退回了规则集${rule('zh-CN', parts)}`, en: (who, _step, parts) => `${who} returned the rule set ${rule('en', parts).trim()} to its writers` },
  'rules.published': { 'zh-CN': (who, _step, parts) => `${who}批准并发布了规则集${rule('zh-CN', parts)}`, en: (who, _step, parts) => `${who} approved and published the rule set ${rule('en', parts).trim()}` },
  'rules.versionRecalled': { 'zh-CN': (who, _step, parts) => `${who}召回了规则集${rule('zh-CN', parts)}`, en: (who, _step, parts) => `${who} recalled the rule set ${rule('en', parts).trim()}` },
  'rules.ruleSuspended': { 'zh-CN': (who, _step, parts) => `${who}暂停了规则集${rule('zh-CN', parts)} 中的一条规则，只作提示`, en: (who, _step, parts) => `${who} suspended a rule of the rule set ${rule('en', parts).trim()}: it only advises` },
  'rules.suspensionConfirmed': { 'zh-CN': (who, _step, parts) => `${who}确认了规则集${rule('zh-CN', parts)} 中一条规则的暂停`, en: (who, _step, parts) => `${who} confirmed the suspension of a rule of the rule set ${rule('en', parts).trim()}` },
  'rules.suspensionLiftRequested': { 'zh-CN': (who, _step, parts) => `${who}申请解除规则集${rule('zh-CN', parts)} 中一条规则的暂停`, en: (who, _step, parts) => `${who} asked to lift the suspension of a rule of the rule set ${rule('en', parts).trim()}` },
  'rules.suspensionLifted': { 'zh-CN': (who, _step, parts) => `${who}解除了规则集${rule('zh-CN', parts)} 中一条规则的暂停`, en: (who, _step, parts) => `${who} lifted the suspension of a rule of the rule set ${rule('en', parts).trim()}` },
  'rules.suspensionOverdue': { 'zh-CN': (_who, _step, parts) => `规则集${rule('zh-CN', parts)} 中一条规则的暂停逾期未确认，仍然有效`, en: (_who, _step, parts) => `Nobody has confirmed in time the suspension of a rule of the rule set ${rule('en', parts).trim()}; it stays in force` },
  'rules.backtested': { 'zh-CN': (who, _step, parts) => `${who}用以往的判断记录回测了规则集${rule('zh-CN', parts)}`, en: (who, _step, parts) => `${who} replayed the rule set ${rule('en', parts).trim()} over recorded decisions` },
  'rules.caseSaved': { 'zh-CN': (who, _step, parts) => `${who}保存了规则集${rule('zh-CN', parts)} 的用例`, en: (who, _step, parts) => `${who} saved a case of the rule set ${rule('en', parts).trim()}` },
  'rules.casesSuperseded': { 'zh-CN': (who, _step, parts) => `${who}停用了规则集${rule('zh-CN', parts)} 随附的用例`, en: (who, _step, parts) => `${who} set cases of the content of the rule set ${rule('en', parts).trim()} aside` },
  'rules.casesRestored': { 'zh-CN': (who, _step, parts) => `${who}恢复了规则集${rule('zh-CN', parts)} 随附的用例`, en: (who, _step, parts) => `${who} let cases of the content of the rule set ${rule('en', parts).trim()} count again` },
  'rules.caseDeleted': { 'zh-CN': (who, _step, parts) => `${who}删除了规则集${rule('zh-CN', parts)} 的用例`, en: (who, _step, parts) => `${who} deleted a case of the rule set ${rule('en', parts).trim()}` },
  'rules.shadowStarted': { 'zh-CN': (who, _step, parts) => `${who}开始让规则集${rule('zh-CN', parts)} 的另一份内容影子运行`, en: (who, _step, parts) => `${who} let another document of the rule set ${rule('en', parts).trim()} judge without effect` },
  'rules.shadowStopped': { 'zh-CN': (who, _step, parts) => `${who}停止了规则集${rule('zh-CN', parts)} 的影子运行`, en: (who, _step, parts) => `${who} stopped a shadow of the rule set ${rule('en', parts).trim()}` },
  'rules.evaluated': { 'zh-CN': (who, _step, parts) => `${who}用规则集${rule('zh-CN', parts)} 试算`, en: (who, _step, parts) => `${who} tried facts on the rule set ${rule('en', parts).trim()}` },
  ...Object.fromEntries(Object.entries(peopleActs).map(([action, words]): [string, Templates] => [action, { 'zh-CN': (who) => `${who}${words['zh-CN']}`, en: (who) => `${who} ${words.en}` }])),
  'session.ended': { 'zh-CN': (who) => `${who}：登录会话结束`, en: (who) => `${who}: a session was ended` },
  'password.changed': { 'zh-CN': (who) => `${who}修改了密码`, en: (who) => `${who} changed the password` },
  'password.set': { 'zh-CN': (who) => `${who}用一次性链接设置了密码`, en: (who) => `${who} set the password by a one-time link` },
  'signIn.locked': { 'zh-CN': () => '一个账号因多次输错被暂时锁定', en: () => 'An account was locked for a while after wrong tries' },
  'signIn.unlocked': { 'zh-CN': (who) => `${who}解除了一个账号的锁定`, en: (who) => `${who} unlocked an account` },
  'recovery.opened': { 'zh-CN': (who) => `${who}发起了账号恢复`, en: (who) => `${who} opened the recovery of an account` },
  'recovery.confirmed': { 'zh-CN': (who) => `${who}确认了账号恢复`, en: (who) => `${who} confirmed the recovery of an account` },
  'recovery.withdrawn': { 'zh-CN': (who) => `${who}撤回了账号恢复`, en: (who) => `${who} withdrew the recovery of an account` },
  'recovery.openedAtMachine': { 'zh-CN': () => '在服务器上直接恢复了一个账号', en: () => 'An account was recovered at the machine itself' },
  'recovery.used': { 'zh-CN': (who) => `${who}恢复了账号并重设密码`, en: (who) => `${who} came in again and set the password` },
  'person.reauthenticated': { 'zh-CN': (who) => `${who}再次确认了身份`, en: (who) => `${who} showed anew who they are` },
  'factor.added': { 'zh-CN': (who) => `${who}添加了一种登录验证方式`, en: (who) => `${who} added a factor for signing in` },
  'factor.removed': { 'zh-CN': (who) => `${who}移除了一种登录验证方式`, en: (who) => `${who} removed a factor for signing in` },
  'factor.refused': { 'zh-CN': (who) => `${who}的登录验证未通过`, en: (who) => `A factor that ${who} showed was refused` },
  'backupCode.used': { 'zh-CN': (who) => `${who}用掉了一个备用码`, en: (who) => `${who} used a backup code` },
  'backupCodes.renewed': { 'zh-CN': (who) => `${who}换了一组备用码`, en: (who) => `${who} replaced the backup codes` },
  'client.created': { 'zh-CN': (who) => `${who}新增了一个接入系统`, en: (who) => `${who} let a system connect` },
  'client.credentialAdded': { 'zh-CN': (who) => `${who}为接入系统添加了凭据`, en: (who) => `${who} added a credential of a system` },
  'client.credentialEnds': { 'zh-CN': (who) => `${who}为接入系统的凭据定下了到期时间`, en: (who) => `${who} gave a credential of a system an end` },
  'client.credentialRevoked': { 'zh-CN': (who) => `${who}撤销了接入系统的凭据`, en: (who) => `${who} revoked a credential of a system` },
  'client.revoked': { 'zh-CN': (who) => `${who}终止了一个系统的接入`, en: (who) => `${who} ended the access of a system` },
  'client.limitChanged': { 'zh-CN': (who) => `${who}修改了接入系统的限速`, en: (who) => `${who} changed the rate limit of a system` },
  'person.signedIn': { 'zh-CN': (who) => `${who}登录`, en: (who) => `${who} signed in` },
};

/** Actions whose own sentence tells the reason. */
const toldWithin: ReadonlySet<string> = new Set(['patient.searched']);

/** What an entry says, in business words; nothing of the patient is in it. */
export function sentenceOf(parts: SentenceParts): LocalizedText {
  return { 'zh-CN': sentenceIn('zh-CN', parts), en: sentenceIn('en', parts) };
}

function sentenceIn(language: keyof LocalizedText, parts: SentenceParts): string {
  const step = parts.element?.name?.[language] ?? parts.elementId ?? '';
  const who = subjectOf(language, parts);
  const template = templates[parts.action]?.[language];
  const sentence = template ? template(who, step, parts) : [who, parts.action, step].filter(Boolean).join(' ');
  const words = parts.reason === undefined || toldWithin.has(parts.action) ? undefined : reasonInWords(parts.reason, parts.element)[language].replace(/[。.]$/, '');
  const reason = words === undefined ? '' : language === 'zh-CN' ? `，原因：${words}` : `; reason: ${words}`;
  const late = parts.lateEntry ? (language === 'zh-CN' ? '（补录）' : ' (entered late)') : '';
  return `${sentence}${reason}${late}`;
}

function subjectOf(language: keyof LocalizedText, { actorId, actorKind, actorRoles, actorName }: SentenceParts): string {
  if (actorKind === 'engine') return language === 'zh-CN' ? '系统' : 'Careloop';
  const title = actorKind === 'person' ? titles[actorRoles.find((role) => titles[role]) ?? '']?.[language] : undefined;
  const name = (actorKind === 'system' ? systemName(language, { id: actorId, roles: actorRoles, name: actorName }) : actorName) ?? actorId;
  return title === undefined ? name : `${title} ${name}`;
}

/** Actions that have a sentence. */
export const toldActions: readonly string[] = Object.keys(templates);
