import { defineMessages } from '../message.ts';

/** The page of the access policy, and what is hidden elsewhere. */
export const policyMessages = defineMessages({
  'nav.policy': { 'zh-CN': '访问权限', en: 'Access policy' },
  'policy.title': { 'zh-CN': '访问权限', en: 'Access policy' },
  'policy.lead': { 'zh-CN': '谁可以看什么、做什么。这一页直接取自系统执行的权限表，不是另写的说明。', en: 'Who sees and does what. This page is the table that the system enforces, not a description beside it.' },
  'policy.pickRole': { 'zh-CN': '只看一个角色', en: 'Look at one role' },
  'policy.allRoles': { 'zh-CN': '全部角色', en: 'All roles' },
  'policy.role': { 'zh-CN': '角色', en: 'Role' },
  'policy.rows': { 'zh-CN': '谁能看到哪些内容', en: 'Who sees what' },
  'policy.rowsLead': { 'zh-CN': '角色与患者之间必须有所列关系之一。都不成立时，就像内容不存在一样。', en: 'One of the relations has to hold between the role’s holder and the patient. Without one it is as if the content did not exist.' },
  'policy.none': { 'zh-CN': '不可见', en: 'not seen' },
  'policy.relations': { 'zh-CN': '各种关系的含义', en: 'What the relations mean' },
  'policy.relationsLead': { 'zh-CN': '关系在每次回答时现查；角色给予的权限只在担任该角色的病区有效。', en: 'Relations are looked up at each answer. What a role gives, it gives only in the ward in which it is held.' },
  'policy.fields': { 'zh-CN': '敏感字段', en: 'Sensitive fields' },
  'policy.fieldsLead': { 'zh-CN': '能看到内容的人，还需要下列关系之一才能看到这些字段；否则显示“已隐藏”。其余字段随内容可见。', en: 'Whoever sees the content needs one of these relations for these fields; else they are shown as hidden. Other fields are seen with the content.' },
  'policy.fieldCount': { 'zh-CN': '{{count}} 个字段', en: 'fields: {{count}}' },
  'policy.hidden': { 'zh-CN': '始终隐藏', en: 'always hidden' },
  'policy.labels': { 'zh-CN': '敏感患者标识', en: 'Labels of sensitive patients' },
  'policy.labelsLead': { 'zh-CN': '患者带有标识时，下列字段还需要这些关系之一。过敏史和体重从不因标识隐藏；有给药任务的人始终能看到姓名、过敏史和剂量。', en: 'Of a labelled patient these fields need one of these relations besides. No label hides allergies or weight; whoever has the task to give a dose sees name, allergies and dose.' },
  'policy.operations': { 'zh-CN': '谁能做什么', en: 'Who does what' },
  'policy.operationsLead': { 'zh-CN': '可以调用的操作。能看到哪些内容，由上面的关系决定。', en: 'What may be called at all. Which content is then seen follows from the relations above.' },
  'policy.search': { 'zh-CN': '按名称查找操作', en: 'Find an operation by name' },
  'policy.found': { 'zh-CN': '共 {{count}} 项', en: 'Found: {{count}}' },
  'policy.everyone': { 'zh-CN': '所有人', en: 'everyone' },
  'policy.masked': { 'zh-CN': '已隐藏', en: 'hidden' },
  'policy.maskedHint': { 'zh-CN': '按访问权限，您目前与该患者的关系不足以查看。', en: 'By the access policy, your relation to this patient does not suffice to see it.' },
});
