import type { LocalizedText, MigrationFinding, MigrationFindingCode } from '#engine';
import type { OpenedBundle } from './process-bundles.ts';

/** A finding as people read it. */
export interface WordedFinding {
  readonly code: MigrationFindingCode;
  readonly elementId?: string;
  readonly targetElementId?: string;
  readonly message: LocalizedText;
}

type Template = (step: string, target: string, place: string) => string;

const templates: Readonly<Record<MigrationFindingCode, { readonly 'zh-CN': Template; readonly en: Template }>> = {
  PROCESS_DIFFERS: { 'zh-CN': () => '目标版本属于另一个流程', en: () => 'The target version is one of another process' },
  UNDOING: { 'zh-CN': () => '流程正在撤销已完成的步骤，请等撤销结束', en: () => 'The case is undoing what was done; wait until that is over' },
  TARGET_MISSING: { 'zh-CN': (step, target) => `“${step}”要去的步骤“${target}”在目标版本中不存在`, en: (step, target) => `“${step}” is to go to “${target}”, which the target version does not have` },
  GOES_NOWHERE: { 'zh-CN': (step) => `流程正停在“${step}”，它在目标版本中没有对应的步骤`, en: (step) => `The case is at “${step}”, which goes nowhere in the target version` },
  TYPE_DIFFERS: { 'zh-CN': (step, target) => `“${step}”与目标版本中的“${target}”不是同一类步骤`, en: (step, target) => `“${step}” and “${target}” of the target version are steps of different kinds` },
  MARKER_DIFFERS: { 'zh-CN': (step, target) => `“${step}”与目标版本中的“${target}”的循环或多实例设置不同`, en: (step, target) => `“${step}” and “${target}” of the target version differ in their loop or multi-instance marker` },
  STANDS_OUTSIDE: { 'zh-CN': (step, target) => `目标版本中的“${target}”不在“${step}”所在的子流程内`, en: (step, target) => `“${target}” of the target version stands outside the sub-process in which “${step}” runs` },
  CONTAINER_NOT_PLAIN: { 'zh-CN': (step, target) => `“${step}”外面的新子流程“${target}”不是普通子流程，不能迁入`, en: (step, target) => `The new sub-process “${target}” around “${step}” is not a plain one` },
  FLOWS_MISSING: { 'zh-CN': (step) => `已有分支到达“${step}”，而目标版本中没有这些分支`, en: (step) => `Branches have come to “${step}” that the target version does not have` },
  HANDLER_MISSING: { 'zh-CN': (step, target) => `目标版本中没有用来撤销“${step}”的“${target}”`, en: (step, target) => `The target version does not have “${target}”, which can undo “${step}”` },
  VARIABLE_TYPE_DIFFERS: { 'zh-CN': (_step, _target, place) => `数据“${place}”的类型与目标版本的不同`, en: (_step, _target, place) => `The value “${place}” has another type in the target version` },
  EXPRESSION_FAILS: { 'zh-CN': (_step, target) => `按现有数据，目标版本中“${target}”的表达式无法计算`, en: (_step, target) => `With the data of this case, an expression of “${target}” in the target version fails` },
};

/** The finding in words, with the names that the steps have in their versions. */
export function wordedFinding({ code, elementId, targetElementId, place = '' }: MigrationFinding, source: OpenedBundle, target: OpenedBundle): WordedFinding {
  const textIn = (language: keyof LocalizedText): string => {
    const nameIn = (id: string | undefined, ...versions: OpenedBundle[]): string => versions.map(({ elements }) => elements.get(id ?? '')?.name?.[language]).find((name) => name !== undefined) ?? id ?? '';
    return templates[code][language](nameIn(elementId, source), nameIn(targetElementId, target, source), place);
  };
  return { code, ...(elementId === undefined ? {} : { elementId }), ...(targetElementId === undefined ? {} : { targetElementId }), message: { 'zh-CN': textIn('zh-CN'), en: textIn('en') } };
}
