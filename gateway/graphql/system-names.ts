import type { LocalizedText } from '#engine';

/** What people call the systems of a hospital, by role. */
const systems: Readonly<Record<string, LocalizedText>> = {
  his: { 'zh-CN': '医院信息系统', en: 'HIS' },
  lis: { 'zh-CN': '检验信息系统', en: 'LIS' },
  'emr-desk': { 'zh-CN': '医生工作站', en: 'Doctor’s desk' },
};
/** Who starts the orders of a demonstration. */
const ownNames: Readonly<Record<string, LocalizedText>> = { 'demo-hospital': { 'zh-CN': '演示医院', en: 'Demonstration hospital' } };

/**
 * A system as people call it: by what it is, and by its own name where it has one besides: its name as a client, or
 * `SENDER (HL7)` of one that speaks HL7. Undefined when neither is known.
 */
export function systemName(language: keyof LocalizedText, { id, roles, name }: { readonly id: string; readonly roles: readonly string[]; readonly name: string | undefined }): string | undefined {
  const kind = roles.map((role) => systems[role]?.[language]).find((word) => word !== undefined);
  const hl7 = /^hl7:(.*)$/.exec(id)?.[1];
  const own = ownNames[id]?.[language] ?? (hl7 === undefined ? name : `${hl7} (HL7)`);
  if (kind === undefined) return own;
  return own === undefined || roles.includes(own) ? kind : `${kind} ${own}`;
}
