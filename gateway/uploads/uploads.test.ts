import { gzipSync } from 'node:zlib';
import { recogniseBytes, recogniseText, refusalOf, type Purpose } from './index.ts';

const bpmn = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d"><process id="p" name="流程"/></definitions>';
const dmn = '<?xml version="1.0"?><!-- drawn --><d:definitions xmlns:d="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d"/>';
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const wide = (text: string, isBigEndian: boolean): Uint8Array => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return isBigEndian ? bytes.swap16() : bytes;
};
const kindOf = async (bytes: Uint8Array): Promise<unknown> => (await recogniseBytes(bytes)).kind;
/** Codes for whoever wants a process, and for whoever wants rules. */
const codesOf = async (bytes: Uint8Array): Promise<unknown[]> => {
  const content = await recogniseBytes(bytes);
  return (['process', 'ruleSet'] satisfies Purpose[]).map((purpose) => refusalOf(content, purpose)?.code);
};

describe('a file that is handed over', () => {
  it('is what its content is', async () => {
    expect(await kindOf(bytesOf(bpmn))).toBe('bpmn');
    expect(await kindOf(bytesOf(`<!-- <svg> -->\n${bpmn.replace('definitions xmlns', 'b:definitions xmlns:b').replace('</definitions', '</b:definitions')}`))).toBe('bpmn');
    expect(await kindOf(bytesOf(dmn))).toBe('dmn');
    expect(await kindOf(bytesOf('{ "format": "careloop-process/1" }'))).toBe('process');
    expect(await kindOf(bytesOf('\ufeff{"format":"careloop-rules/1"}'))).toBe('ruleSet');
    expect(await kindOf(bytesOf('[1]'))).toBe('json');
  });

  it.each([
    ['a mark of UTF-8', bytesOf(`\ufeff${bpmn}`)],
    ['UTF-16, least first', wide(bpmn, false)],
    ['UTF-16, most first', wide(bpmn, true)],
    ['GB 18030 as it declares', Buffer.concat([latin1('<?xml version="1.0" encoding="GB18030"?>'), latin1(bpmn.replace('流程', '\u00c1\u00f7\u00b3\u00cc'))])],
  ])('is read with %s', async (_what, bytes) => {
    const { kind, text } = await recogniseBytes(bytes);

    expect(kind).toBe('bpmn');
    expect(text).toContain('name="流程"');
    expect(text).not.toMatch(/^\ufeff/);
  });

  it('is of the other kind when BPMN is given for rules, and DMN for a process', async () => {
    expect(await codesOf(bytesOf(bpmn))).toEqual([undefined, 'FILE_OF_ANOTHER_KIND']);
    expect(await codesOf(bytesOf(dmn))).toEqual(['FILE_OF_ANOTHER_KIND', undefined]);
    expect(await codesOf(bytesOf('{"format":"careloop-rules/1"}'))).toEqual(['FILE_OF_ANOTHER_KIND', undefined]);
    expect(refusalOf(await recogniseBytes(bytesOf(dmn)), 'process')?.message).toEqual({
      'zh-CN': '这是 DMN 决策文件，不是 BPMN 2.0 文件或 JSON 流程定义。请到“规则”页导入它。',
      en: 'Expected a BPMN 2.0 file or a process definition in JSON, but this is a DMN decision file. Import it on the page of rules.',
    });
    expect(refusalOf(await recogniseText('{}'), 'bpmn')?.code).toBe('FILE_OF_ANOTHER_KIND');
  });

  it.each([
    ['a ZIP', Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0, 0, 0, 0, 0, ...new Array<number>(40).fill(0)), 'an archive'],
    ['gzip', gzipSync(bpmn), 'an archive'],
    ['a program of Windows', Uint8Array.of(0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0, 4, 0, 0, 0, 0xff, 0xff), 'a program'],
    ['a program of Linux', Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, ...new Array<number>(40).fill(0)), 'a program'],
    ['a PDF', latin1('%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n1 0 obj\n'), 'a PDF document'],
    ['a PDF of ASCII', bytesOf('%PDF-1.4\n1 0 obj\n'), 'a PDF document'],
    ['PNG', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, ...new Array<number>(40).fill(0)), 'a picture'],
    ['GIF', latin1('GIF89a\u0001\u0000\u0001\u0000'), 'a picture'],
    ['rich text', bytesOf('{\\rtf1 x}'), 'a word processor’s document'],
    ['zeros', new Uint8Array(64), 'binary data'],
    ['XML with a NUL', bytesOf(bpmn.replace('id="p"', 'id="p\u0000"')), 'binary data'],
  ])('is not text when it is %s', async (_what, bytes, name) => {
    const content = await recogniseBytes(bytes);

    for (const purpose of ['process', 'ruleSet'] as const) {
      expect(refusalOf(content, purpose)).toMatchObject({ code: 'FILE_NOT_TEXT', message: { en: expect.stringContaining(`but this is ${name}`) as string, 'zh-CN': expect.stringMatching(/^这是.+，不是/) as string } });
    }
  });

  it.each([
    ['HTML', '<!DOCTYPE html><title>Sign in</title>', 'html'],
    ['HTML without a document type', '\n<HTML lang="zh">', 'html'],
    ['XHTML', '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>', 'html'],
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', 'svg'],
    ['CMMN', '<c:definitions xmlns:c="http://www.omg.org/spec/CMMN/20151109/MODEL"/>', 'cmmn'],
  ])('is refused when it is %s, whatever its name', async (_what, text, type) => {
    expect(await recogniseBytes(bytesOf(text))).toMatchObject({ kind: 'otherXml', type });
    expect(await codesOf(bytesOf(text))).toEqual(['FILE_OF_ANOTHER_KIND', 'FILE_OF_ANOTHER_KIND']);
  });

  it('is refused when it is two things at once', async () => {
    expect(await codesOf(bytesOf(`<!-- %PDF-1.4 -->${bpmn}`))).toEqual(['FILE_NOT_TEXT', 'FILE_NOT_TEXT']);
    expect(await codesOf(Buffer.concat([bytesOf(bpmn), Uint8Array.of(0x50, 0x4b, 5, 6, ...new Array<number>(18).fill(0))]))).toEqual(['FILE_NOT_TEXT', 'FILE_NOT_TEXT']);
    expect(await codesOf(latin1(`GIF89a/*${bpmn}`))).toEqual(['FILE_NOT_TEXT', 'FILE_NOT_TEXT']);
  });

  it('is empty when there is nothing in it, and plain text when there is no more', async () => {
    for (const text of ['', '\ufeff', ' \r\n\t']) expect(await codesOf(bytesOf(text))).toEqual(['FILE_EMPTY', 'FILE_EMPTY']);
    expect(await codesOf(bytesOf('key;value'))).toEqual(['FILE_OF_ANOTHER_KIND', 'FILE_OF_ANOTHER_KIND']);
  });

  it.each([
    ['bytes of another encoding than it declares', Buffer.concat([bytesOf('<a>'), Uint8Array.of(0xc1, 0xf7), bytesOf('</a>')])],
    ['an encoding in which ASCII is not ASCII', bytesOf('<?xml version="1.0" encoding="UTF-7"?><a/>')],
    ['wide characters declared but not there', bytesOf('<?xml version="1.0" encoding="UTF-16"?><a/>')],
  ])('is refused with %s', async (_what, bytes) => {
    expect(await codesOf(bytes)).toEqual(['FILE_ENCODING_UNKNOWN', 'FILE_ENCODING_UNKNOWN']);
  });

  it('is left to its parser when it is XML that is damaged, has a document type, or an unknown root', async () => {
    for (const text of ['<definitions>\n<process', '<!DOCTYPE d [<!ENTITY x "y">]><definitions/>', '<definitions/>', `<a ${'b="c" '.repeat(50_000)}/>`]) expect(await codesOf(bytesOf(text))).toEqual([undefined, undefined]);
  });

  it('is recognised within its time, however it is nested', async () => {
    const begun = performance.now();
    for (const text of [`<${'a'.repeat(4_000_000)}`, `<a ${'b = '.repeat(1_000_000)}`, '<!--'.repeat(1_000_000), '<?'.repeat(2_000_000), `<a${' '.repeat(4_000_000)}`]) expect(await kindOf(bytesOf(text))).toBe('xml');

    expect(performance.now() - begun).toBeLessThan(5_000);
  });

  it('is known as text too, by whoever read it as such', async () => {
    expect(refusalOf(await recogniseText('PK\u0003\u0004\u0014\u0000\u0000\u0000'), 'bpmn')).toMatchObject({ code: 'FILE_NOT_TEXT', message: { en: expect.stringContaining('an archive') as string } });
    expect(refusalOf(await recogniseText('\ufffdPNG\r\n\u001a\n'), 'ruleSet')?.code).toBe('FILE_NOT_TEXT');
    expect(refusalOf(await recogniseText(dmn), 'ruleSet')).toBeUndefined();
  });
});
