import type { LocalizedText } from '#engine';
import type { RuleSetFinding } from '#rules';

const titles: Readonly<Record<RuleSetFinding['code'], LocalizedText>> = {
  DOCUMENT_INVALID: { 'zh-CN': '缺少内容或格式不对', en: 'Something is missing or not in its form' },
  FACT_UNDECLARED: { 'zh-CN': '用到了没有声明的输入', en: 'An input is used that is not declared' },
  TYPE_MISMATCH: { 'zh-CN': '值的类型与输入不符', en: 'The value has another type than the input' },
  PATH_ON_SCALAR: { 'zh-CN': '这个输入没有下级内容可取', en: 'There is nothing within this input to go to' },
  OUTPUT_INVALID: { 'zh-CN': '结果的值与声明不符', en: 'A value of an output is not as declared' },
  UNIT_INVALID: { 'zh-CN': '单位不是 UCUM 单位', en: 'The unit is not one of UCUM' },
  FEEL_INVALID: { 'zh-CN': 'FEEL 表达式写法不对', en: 'The FEEL expression cannot be read' },
  CONDITION_UNDECLARED: { 'zh-CN': '用到了没有声明的条件', en: 'A condition is used that is not declared' },
  CONDITION_CIRCULAR: { 'zh-CN': '条件引用了自身', en: 'A condition refers to itself' },
  ANNOTATION_UNDECLARED: { 'zh-CN': '用到了没有声明的注释列', en: 'An annotation is used that is not declared' },
  BRANCH_VALUE_INVALID: { 'zh-CN': '缺失时的取值类型不对', en: 'The value for missing data has the wrong type' },
};
const otherTitle: LocalizedText = { 'zh-CN': '这里有错误', en: 'Something is wrong here' };

/** What a code of `checkRuleSet` says to people; a sentence in general for one that is none. */
export function findingTitle(code: string): LocalizedText {
  return (titles as Readonly<Partial<Record<string, LocalizedText>>>)[code] ?? otherTitle;
}
