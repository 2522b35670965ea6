import type { LocalizedText } from '#engine';

/**
 * How a viewer can be related to a row, a closed list. What a role gives, it gives in its own unit alone: `ward`, `duty`
 * and `no-patient` are looked up for the unit of the assignment that has the role.
 */
export const relations = ['hospital', 'current-stay', 'ward', 'care-team', 'duty', 'started', 'emergency-access', 'no-patient', 'access-entry'] as const;
export type Relation = (typeof relations)[number];

/** How long a task that the viewer did goes on being a relation: questions come back within the week. */
export const dutyDays = 7;

/** Lines of the record that tell of access to patients' data, by action: whole, or beginning so. */
export const accessActions = { whole: ['patient.read', 'patient.searched', 'access.refused', 'audit.searched'], prefixes: ['emergencyAccess.', 'careTeam.', 'sensitivityLabel.'] } as const;

/** Name and definition of each relation, in one sentence. */
export const relationWords: Readonly<Record<Relation, { readonly name: LocalizedText; readonly definition: LocalizedText }>> = {
  hospital: {
    name: { 'zh-CN': '全院', en: 'Hospital' },
    definition: { 'zh-CN': '不需要与患者有关系。', en: 'No relation to the patient is needed.' },
  },
  'current-stay': {
    name: { 'zh-CN': '在院', en: 'Current stay' },
    definition: { 'zh-CN': '患者目前在院。', en: 'The patient is in the hospital now.' },
  },
  ward: {
    name: { 'zh-CN': '本病区', en: 'Ward' },
    definition: { 'zh-CN': '患者目前住在查看者担任该角色的病区，或者该流程、任务、提醒属于该病区。', en: 'The patient lies now in a ward in which the viewer has this role, or the case, task or notice belongs to that ward.' },
  },
  'care-team': {
    name: { 'zh-CN': '诊疗组', en: 'Care team' },
    definition: { 'zh-CN': '查看者目前是该患者诊疗组的成员。', en: 'The viewer is a member of the patient’s care team now.' },
  },
  duty: {
    name: { 'zh-CN': '任务', en: 'Duty' },
    definition: { 'zh-CN': `有一项关于该患者的任务等待该角色在其病区处理，或者由查看者持有，或者由查看者在最近 ${dutyDays} 天内完成；任务本身在结束后 ${dutyDays} 天内亦同。`, en: `A task about the patient waits for this role in its ward, or is the viewer’s, or was done by the viewer in the last ${dutyDays} days; a task itself also for ${dutyDays} days after its end.` },
  },
  started: {
    name: { 'zh-CN': '本人发起', en: 'Started' },
    definition: { 'zh-CN': '该流程由查看者发起。', en: 'The viewer started the case.' },
  },
  'emergency-access': {
    name: { 'zh-CN': '紧急访问', en: 'Emergency access' },
    definition: { 'zh-CN': '查看者已说明理由，对该患者开启了紧急访问，且尚未到期或结束。', en: 'The viewer has opened emergency access to the patient with a reason, and it has neither expired nor ended.' },
  },
  'no-patient': {
    name: { 'zh-CN': '不涉及患者', en: 'No patient' },
    definition: { 'zh-CN': '它不涉及任何患者，且不属于查看者担任该角色之外的病区。', en: 'It is about no patient, and belongs to no ward other than one in which the viewer has this role.' },
  },
  'access-entry': {
    name: { 'zh-CN': '访问记录', en: 'Record of access' },
    definition: { 'zh-CN': '该条记录说明的是对患者数据的访问：查看、被拒绝、检索、紧急访问、诊疗组或敏感标识。', en: 'The line of the record tells of access to patients’ data: a read, a refusal, a search, emergency access, a care team or a sensitivity label.' },
  },
};
