import type { Content, ContentKind } from './recognise.ts';
import { maximumUploadBytes } from './limits.ts';

/** A text in both languages. */
interface Words {
  readonly 'zh-CN': string;
  readonly en: string;
}

/** What a door wants a file for: BPMN or DMN alone, BPMN or a definition in JSON, DMN or a rule set in JSON. */
export type Purpose = 'bpmn' | 'dmn' | 'process' | 'ruleSet';

/** Why a file is not taken: what it looks like, and what to do. Says nothing of what stands in it. */
export interface UploadRefusal {
  readonly code: 'FILE_EMPTY' | 'FILE_NOT_TEXT' | 'FILE_ENCODING_UNKNOWN' | 'FILE_OF_ANOTHER_KIND' | 'FILE_TOO_LARGE';
  readonly message: Words;
}

const accepted: Readonly<Record<Purpose, ReadonlySet<ContentKind>>> = {
  bpmn: new Set(['bpmn', 'xml']),
  dmn: new Set(['dmn', 'xml']),
  process: new Set(['bpmn', 'xml', 'process', 'json']),
  ruleSet: new Set(['dmn', 'xml', 'ruleSet', 'json']),
};

const wanted: Readonly<Record<Purpose, Words>> = {
  bpmn: { 'zh-CN': 'BPMN 2.0 文件', en: 'a BPMN 2.0 file' },
  dmn: { 'zh-CN': 'DMN 文件', en: 'a DMN file' },
  process: { 'zh-CN': 'BPMN 2.0 文件或 JSON 流程定义', en: 'a BPMN 2.0 file or a process definition in JSON' },
  ruleSet: { 'zh-CN': 'DMN 文件或 JSON 规则集', en: 'a DMN file or a rule set in JSON' },
};

/** What files of other kinds are called, and what to do with them. */
const known: Readonly<Record<string, { readonly name: Words; readonly advice: Words }>> = {
  bpmn: { name: { 'zh-CN': 'BPMN 流程图', en: 'a BPMN process model' }, advice: { 'zh-CN': '请到“流程”页检查它。', en: 'Check it on the page of processes.' } },
  process: { name: { 'zh-CN': 'JSON 流程定义', en: 'a process definition in JSON' }, advice: { 'zh-CN': '请到“流程”页检查它。', en: 'Check it on the page of processes.' } },
  dmn: { name: { 'zh-CN': 'DMN 决策文件', en: 'a DMN decision file' }, advice: { 'zh-CN': '请到“规则”页导入它。', en: 'Import it on the page of rules.' } },
  ruleSet: { name: { 'zh-CN': 'JSON 规则集', en: 'a rule set in JSON' }, advice: { 'zh-CN': '请到“规则”页导入它。', en: 'Import it on the page of rules.' } },
  json: { name: { 'zh-CN': 'JSON 文件', en: 'a JSON file' }, advice: { 'zh-CN': '请选择 XML 文件。', en: 'Choose the XML file.' } },
  svg: { name: { 'zh-CN': 'SVG 图片', en: 'an SVG picture' }, advice: { 'zh-CN': '请在画图工具里导出模型本身，而不是它的图。', en: 'Export the model itself from the tool that drew it, rather than its picture.' } },
  html: { name: { 'zh-CN': 'HTML 网页', en: 'a web page (HTML)' }, advice: { 'zh-CN': '可能下载到的是登录页或出错页，请重新下载。', en: 'A page of sign-in or of an error may have been saved in its place: download it again.' } },
  cmmn: { name: { 'zh-CN': 'CMMN 案例模型', en: 'a CMMN case model' }, advice: { 'zh-CN': '请改画成 BPMN 2.0 或 DMN。', en: 'Draw it as BPMN 2.0 or DMN.' } },
  xpdl: { name: { 'zh-CN': 'XPDL 流程文件', en: 'an XPDL process file' }, advice: { 'zh-CN': '请在画图工具里导出 BPMN 2.0。', en: 'Export BPMN 2.0 from the tool that drew it.' } },
  fhir: { name: { 'zh-CN': 'FHIR 资源', en: 'a FHIR resource' }, advice: { 'zh-CN': '请选择模型文件。', en: 'Choose the file of the model.' } },
  pdf: { name: { 'zh-CN': 'PDF 文档', en: 'a PDF document' }, advice: { 'zh-CN': '请在画图工具里导出模型本身，而不是打印件。', en: 'Export the model itself from the tool that drew it, rather than a print.' } },
  picture: { name: { 'zh-CN': '图片', en: 'a picture' }, advice: { 'zh-CN': '请在画图工具里导出模型本身，而不是它的图。', en: 'Export the model itself from the tool that drew it, rather than its picture.' } },
  archive: { name: { 'zh-CN': '压缩包（Office 文档也是）', en: 'an archive (office documents are such too)' }, advice: { 'zh-CN': '请先解压，再选择其中的模型文件。', en: 'Unpack it, then choose the file of the model.' } },
  program: { name: { 'zh-CN': '程序', en: 'a program' }, advice: { 'zh-CN': '不要打开它，请向给您文件的人核实。', en: 'Do not open it; ask whoever gave it to you.' } },
  document: { name: { 'zh-CN': '文字处理文档', en: 'a word processor’s document' }, advice: { 'zh-CN': '请在画图工具里导出模型本身。', en: 'Export the model itself from the tool that drew it.' } },
  text: { name: { 'zh-CN': '普通文本', en: 'plain text' }, advice: { 'zh-CN': '请在画图工具里导出模型本身。', en: 'Export the model itself from the tool that drew it.' } },
  binary: { name: { 'zh-CN': '二进制数据', en: 'binary data' }, advice: { 'zh-CN': '文件可能已损坏，请重新导出。', en: 'The file may be damaged: export it again.' } },
};

const groups: readonly (readonly [string, RegExp])[] = [
  ['picture', /^(?:png|jpe?g|gif|webp|bmp|tiff?|ico|heic|avif|psd|jxl|apng)$/],
  ['archive', /^(?:zip|gz|7z|rar|tar|bz2|xz|zst|lz4?|cab|docx|xlsx|pptx|vsdx|odt|ods|odp|jar|epub|dmg)$/],
  ['program', /^(?:exe|elf|macho|dll|msi|class|wasm|deb|rpm|apk|lnk|crx)$/],
  ['document', /^(?:rtf|cfb|doc|xls|ppt)$/],
];

/** Undefined for what the door takes; whether it is sound is then its parser's to say. */
export function refusalOf({ kind, type }: Content, purpose: Purpose): UploadRefusal | undefined {
  if (accepted[purpose].has(kind)) return undefined;
  const want = wanted[purpose];
  if (kind === 'empty') return { code: 'FILE_EMPTY', message: { 'zh-CN': `文件是空的。请选择${spaced(want['zh-CN'])}。`, en: `Expected ${want.en}, but the file is empty.` } };
  if (kind === 'encoding') {
    return { code: 'FILE_ENCODING_UNKNOWN', message: { 'zh-CN': '文件的字符编码读不了。请在画图工具里另存为 UTF-8。', en: 'Expected text in UTF-8 or in the encoding that the file declares, but some bytes are none. Save it as UTF-8 in the tool that drew it.' } };
  }
  const { name, advice } = known[type ?? ''] ?? known[groups.find(([, types]) => types.test(type ?? ''))?.[0] ?? kind] ?? unknown;
  return {
    code: kind === 'binary' ? 'FILE_NOT_TEXT' : 'FILE_OF_ANOTHER_KIND',
    message: { 'zh-CN': `这是${spaced(name['zh-CN'])}，不是${spaced(want['zh-CN'])}。${advice['zh-CN']}`, en: `Expected ${want.en}, but this is ${name.en}. ${advice.en}` },
  };
}

/** Chinese sets Latin words apart by a space. */
function spaced(words: string): string {
  return /^[A-Za-z]/.test(words) ? ` ${words}` : words;
}

const unknown = { name: { 'zh-CN': '别的文件', en: 'another kind of file' }, advice: { 'zh-CN': '请重新导出。', en: 'Export it again.' } };

/** Of a file that has more bytes than the doors take. */
export function tooLarge(bytes: number): UploadRefusal {
  const megabytes = (bytes / 1_000_000).toFixed(1);
  return {
    code: 'FILE_TOO_LARGE',
    message: {
      'zh-CN': `文件有 ${megabytes} MB，最大 ${maximumUploadBytes / 1_000_000} MB。请去掉不用的图和附件，或拆成几个文件。`,
      en: `Expected at most ${maximumUploadBytes / 1_000_000} MB, but the file has ${megabytes} MB. Remove unused diagrams and attachments, or split it.`,
    },
  };
}
