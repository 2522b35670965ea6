import { defineMessages } from '../message.ts';

/** Licences that end or have ended. */
export const licencesMessages = defineMessages({
  'nav.licences': { 'zh-CN': '资格到期', en: 'Licences' },
  'licences.title': { 'zh-CN': '执业资格到期', en: 'Licences that end' },
  'licences.lead': { 'zh-CN': '60 天内到期和已到期、且没有登记续期的执业资格，按到期时间排列；天数按医院所在时区计算。拿到续期后的证书，在人员页面登记即可。', en: 'Licences that end within 60 days or have ended, and for which no renewal is on record, by their end; days are those of the hospital’s calendar. Record the renewed certificate on the person’s page.' },
  'licences.stage.ALL': { 'zh-CN': '全部 {{count}}', en: 'All {{count}}' },
  'licences.stage.ENDED': { 'zh-CN': '已到期 {{count}}', en: 'Ended {{count}}' },
  'licences.stage.WITHIN_7_DAYS': { 'zh-CN': '7 天内 {{count}}', en: 'Within 7 days {{count}}' },
  'licences.stage.WITHIN_30_DAYS': { 'zh-CN': '8 至 30 天 {{count}}', en: '8 to 30 days {{count}}' },
  'licences.stage.WITHIN_60_DAYS': { 'zh-CN': '31 至 60 天 {{count}}', en: '31 to 60 days {{count}}' },
  'licences.number': { 'zh-CN': '编号 {{number}}', en: 'No. {{number}}' },
  'licences.ends': { 'zh-CN': '还有 {{days}} 天，{{time}} 到期', en: 'Days left: {{days}}; ends {{time}}' },
  'licences.endsToday': { 'zh-CN': '今天是最后一天，{{time}} 到期', en: 'This is the last day; ends {{time}}' },
  'licences.ended': { 'zh-CN': '{{time}} 已到期', en: 'Ended {{time}}' },
  'licences.loses': { 'zh-CN': '届时停止生效：{{losses}}', en: 'Gives no right from then on: {{losses}}' },
  'licences.lost': { 'zh-CN': '现在不生效：{{losses}}', en: 'Gives no right now: {{losses}}' },
  'licences.lossOf': { 'zh-CN': '{{role}}（由 {{name}} 代行）', en: '{{role}} (held by {{name}})' },
  'licences.noLoss': { 'zh-CN': '没有依靠它的角色', en: 'No role needs it' },
  'licences.none': { 'zh-CN': '没有符合条件的执业资格。', en: 'There are no such licences.' },
  'licences.more': { 'zh-CN': '共 {{count}} 项，只列出最早到期的 {{shown}} 项。', en: 'There are {{count}}; the {{shown}} that end first are listed.' },
  'licences.notice': { 'zh-CN': '执业资格：{{ended}} 项已到期，{{soon}} 项 7 天内到期，相应的角色停止生效。', en: 'Licences: {{ended}} ended, {{soon}} end within 7 days; the roles that need them give no right then.' },
  'licences.see': { 'zh-CN': '查看并处理', en: 'See them' },
  'licences.count': { 'zh-CN': '{{count}} 项已到期或 7 天内到期', en: '{{count}} ended or ending within 7 days' },
  'licences.own.ends': { 'zh-CN': '您的{{licence}}将于 {{time}} 到期（还有 {{days}} 天）。届时停止生效：{{losses}}。', en: 'Your {{licence}} ends at {{time}} (days left: {{days}}). From then on it gives no right: {{losses}}.' },
  'licences.own.ended': { 'zh-CN': '您的{{licence}}已于 {{time}} 到期。现在不生效：{{losses}}。', en: 'Your {{licence}} ended at {{time}}. It gives no right now: {{losses}}.' },
  'licences.own.ask': { 'zh-CN': '请把续期后的证书交给安全管理员登记。', en: 'Ask a security administrator to record the renewed certificate.' },
});
