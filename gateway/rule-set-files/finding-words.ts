import type { LocalizedText } from '#engine';
import type { RuleSetDmnFinding } from '#rule-set-dmn';
import { findingTitle } from '../rule-sets/finding-titles.ts';
import { placeInChinese, xmlSentences } from '../xml-words.ts';

/** `what`: the element as people call it, its name, else its id. `subject`: what the finding is about beside it. */
type Sentence = (what: string, subject: string) => string;

/** What keeps a file, or a decision of it, from being a rule set, and what an owner has to look at, in Chinese. */
const sentences: Readonly<Record<string, Sentence>> = {
  ...Object.fromEntries(Object.entries(xmlSentences).map(([code, sentence]) => [code, () => sentence])),
  ROOT_UNKNOWN: () => '这是 XML，但不是 DMN 1.1 至 1.5 文件',
  JSON_MALFORMED: () => '文件不是完整的 JSON',
  DECISION_MISSING: () => '文件里没有决策',
  DUPLICATE_ID: (what) => `标识“${what}”在文件里用了不止一次`,
  REFERENCE_NOT_FOUND: (what) => `“${what}”引用了文件里没有的元素`,
  IMPORT_NOT_FOUND: (what) => `“${what}”引用了别的文件里的元素`,
  ELEMENT_UNKNOWN: (what) => `“${what}”不是 DMN 的元素，已原样保留`,
  LOGIC_MISSING: (what) => `决策“${what}”没有逻辑`,
  EXPRESSION_MISSING: (what) => `“${what}”缺少表达式`,
  HIT_POLICY_UNKNOWN: (what) => `“${what}”的命中策略不是 DMN 的`,
  NOT_EXECUTABLE: (what) => `“${what}”里有不能执行的内容`,
  NO_DECISION_TABLE: (what) => `“${what}”不是决策表，不能成为规则集`,
  REQUIRES_DECISION: (what, subject) => `“${what}”要用另一个决策“${subject}”的结果；规则集只能用输入数据。请把那个决策的结果改成输入，或把两张表合成一张`,
  REQUIRES_KNOWLEDGE: (what, subject) => `“${what}”调用业务知识模型“${subject}”，规则集不能调用`,
  TABLE_TOO_LARGE: (what) => `“${what}”太大：最多 10,000 行、500 个输入、100 个输出`,
  TABLE_SHAPE: (what, subject) => `“${what}”第 ${subject} 行的单元格数与列数不符`,
  INPUT_NOT_A_FACT: (what, subject) => (subject === '' ? `“${what}”有一列没有写输入表达式` : `“${what}”的输入表达式“${subject}”不是输入数据，也不是其中的一项`),
  TYPE_UNSUPPORTED: (what, subject) => `“${what}”中“${subject}”的类型（如时间、时长）规则集没有`,
  OUTPUT_UNSUPPORTED: (what, subject) => `“${what}”的输出“${subject}”的允许值或缺省值不是写定的值`,
  EXTENSION_INVALID: (what) => `“${what}”里 Careloop 自己的附加内容已损坏，按普通的表读取`,
  TABLE_OF_OTHERS: (what) => `“${what}”不是本系统导出的，没有写明级别、来源和缺数据时怎么办：各行暂时只作提醒，缺数据即判断失败，请负责人补全`,
  VALUES_NOT_REFUSED: (what, subject) => `“${what}”限定了“${subject}”的取值；规则集对其他取值照样判断，不会拒绝`,
  INPUT_DIFFERS: (_what, subject) => `“${subject}”的类型或单位与文件里其他决策所用的不同，文件保留原来的`,
  CONDITION_NOT_EXECUTABLE: (what) => `“${what}”的条件在 FEEL 里没有写法，在别的系统里不成立`,
};

/** Codes that have a sentence in Chinese; those of cells and of `checkRuleSet` have their own. */
export const wordedCodes: readonly string[] = Object.keys(sentences);

/** A finding for people. In English its own message says it; `name` is what people call the element. */
export function wordsOf(finding: RuleSetDmnFinding, name: string | undefined): LocalizedText {
  return { 'zh-CN': inChinese(finding, name), en: finding.message };
}

function inChinese({ code, elementId, subject, path, documentPath, cell }: RuleSetDmnFinding, name: string | undefined): string {
  if (cell) return `第 ${cell.row} 行“${cell.column}”：应为${cell.expected['zh-CN']}`;
  const place = path === undefined ? (documentPath ?? '') : placeInChinese(path);
  const sentence = sentences[code]?.(name ?? elementId ?? '', subject ?? '') ?? findingTitle(code)['zh-CN'];
  return place === '' ? sentence : `${sentence}（${place}）`;
}
