/** What an XML file is refused for before anything of it is understood, in Chinese, by code. In English the finding's own message says it. */
export const xmlSentences: Readonly<Record<string, string>> = {
  FILE_TOO_LARGE: '文件太大，没有读取',
  XML_DOCTYPE: '文件含有文档类型声明（DTD）或实体。为了安全，这样的文件一律不读',
  XML_MALFORMED: '文件不是完整的 XML',
  XML_TOO_DEEP: 'XML 元素嵌套太深',
  XML_TOO_MANY_ELEMENTS: 'XML 元素太多',
};

/** `line 3, column 14` in Chinese; a JSON path stays. */
export function placeInChinese(path: string): string {
  return path.replace(/^line (\d+), column (\d+)$/, '第 $1 行第 $2 列');
}
