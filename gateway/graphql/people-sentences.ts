import type { LocalizedText } from '#engine';

/** What was done with people, their roles and wards, each after the name of who did it. Whom it is about stands in the encrypted detail. */
export const peopleActs: Readonly<Record<string, LocalizedText>> = {
  'account.created': { 'zh-CN': '建立了一个账户', en: 'made an account' },
  'account.changed': { 'zh-CN': '修改了一个账户的姓名或工号', en: 'changed the name or staff number of an account' },
  'account.disabled': { 'zh-CN': '停用了一个账户', en: 'disabled an account' },
  'account.enabled': { 'zh-CN': '重新启用了一个账户', en: 'enabled an account again' },
  'account.linkRenewed': { 'zh-CN': '重新发出了首次登录链接', en: 'made a new first link for an account' },
  'account.firstLink': { 'zh-CN': '为首任管理员发出了首次登录链接', en: 'made the first link of an administrator' },
  'account.passwordSet': { 'zh-CN': '设置了首个密码', en: 'set their first password' },
  'role.granted': { 'zh-CN': '授予了一项角色', en: 'gave a person a role' },
  'role.proposed': { 'zh-CN': '提请授予管理员角色，待第二人确认', en: 'proposed an administrator’s role; a second person has to confirm it' },
  'role.confirmed': { 'zh-CN': '确认了管理员角色的授予', en: 'confirmed an administrator’s role' },
  'role.rejected': { 'zh-CN': '驳回了管理员角色的授予', en: 'rejected an administrator’s role' },
  'role.ended': { 'zh-CN': '结束了一项角色', en: 'ended a role of a person' },
  'role.delegated': { 'zh-CN': '把自己的角色转授给他人', en: 'passed a role on to another person' },
  'role.delegationEnded': { 'zh-CN': '结束了一项转授', en: 'ended a delegation' },
  'qualification.recorded': { 'zh-CN': '登记了一项执业资格', en: 'recorded a qualification' },
  'qualification.revoked': { 'zh-CN': '注销了一项执业资格', en: 'revoked a qualification' },
  'qualification.expiring': { 'zh-CN': '发现一项执业资格将在一个月内到期', en: 'found a qualification that runs out within a month' },
  'absence.entered': { 'zh-CN': '登记了缺勤和替班人', en: 'entered an absence and its substitute' },
  'ward.created': { 'zh-CN': '新建了一个病区', en: 'made a ward' },
  'ward.renamed': { 'zh-CN': '修改了一个病区的名称', en: 'changed the name of a ward' },
  'ward.closed': { 'zh-CN': '关闭了一个病区', en: 'closed a ward' },
  'ward.reopened': { 'zh-CN': '重新开放了一个病区', en: 'opened a closed ward again' },
  'absence.ended': { 'zh-CN': '结束了一次缺勤', en: 'ended an absence' },
};
