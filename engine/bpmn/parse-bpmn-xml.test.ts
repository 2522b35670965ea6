import { parseBpmnXml } from './parse-bpmn-xml.ts';
import { definitionsXml, documentOf, processXml } from './testing/bpmn-text.ts';

const findingsOf = (xml: string | Uint8Array, limits = {}) => parseBpmnXml(xml, limits).findings;

/** The fastest of five times: what a busy machine adds is left out. */
function fastestMs(work: () => unknown): number {
  return Math.min(...Array.from({ length: 5 }, () => {
    const begin = performance.now();
    work();
    return performance.now() - begin;
  }));
}

describe('parseBpmnXml', () => {
  it('mirrors the tree with fixed prefixes, whatever the file uses', () => {
    const document = documentOf('<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:q="http://www.w3.org/2001/XMLSchema-instance"><process id="p"><conditionExpression q:type="tFormalExpression">x</conditionExpression></process></definitions>');

    expect(document.prefixes).toEqual({ '': 'http://www.omg.org/spec/BPMN/20100524/MODEL', q: 'http://www.w3.org/2001/XMLSchema-instance' });
    expect(document.definitions).toEqual({
      name: 'bpmn:definitions',
      children: [{ name: 'bpmn:process', attributes: { id: 'p' }, children: [{ name: 'bpmn:conditionExpression', attributes: { 'xsi:type': 'bpmn:tFormalExpression' }, text: 'x' }] }],
    });
  });

  it('keeps foreign elements and attributes with their namespaces', () => {
    const document = documentOf(processXml('<bpmn:extensionElements><acme:a acme:b="1"><x xmlns="urn:x" y="2">mixed <z/> text</x><n xmlns=""/></acme:a></bpmn:extensionElements>'));

    expect(document.definitions.children).toEqual([
      {
        name: 'bpmn:process',
        attributes: { id: 'p', isExecutable: 'true' },
        children: [
          {
            name: 'bpmn:extensionElements',
            children: [
              {
                name: 'acme:a', namespace: 'urn:acme', attributes: { 'acme:b': '1' },
                children: [
                  { name: 'x', namespace: 'urn:x', attributes: { xmlns: 'urn:x', y: '2' }, children: [{ text: 'mixed ' }, { name: 'z', namespace: 'urn:x' }, { text: ' text' }] },
                  { name: 'n', namespace: '', attributes: { xmlns: '' } },
                ],
              },
            ],
          },
        ],
      },
    ]);
  });

  it('tells a foreign name from a known one of the same prefix', () => {
    const document = documentOf('<b:definitions xmlns:b="http://www.omg.org/spec/BPMN/20100524/MODEL"><b:extensionElements><dc:title xmlns:dc="http://purl.org/dc/elements/1.1/" dc:x="1">t</dc:title></b:extensionElements></b:definitions>');

    expect(JSON.stringify(document)).toContain('"name":"{http://purl.org/dc/elements/1.1/}title"');
    expect(JSON.stringify(document)).toContain('"{http://purl.org/dc/elements/1.1/}x":"1"');
  });

  it.each([
    ['UTF-8 with a byte order mark', [0xef, 0xbb, 0xbf], 'utf8'],
    ['UTF-16', [0xff, 0xfe], 'utf16le'],
    ['UTF-16 without a byte order mark', [], 'utf16le'],
  ] as const)('reads %s', (_what, mark, encoding) => {
    const bytes = Buffer.concat([Buffer.from(mark), Buffer.from(definitionsXml('<bpmn:process id="p" name="药"/>'), encoding)]);

    expect(JSON.stringify(parseBpmnXml(bytes).document)).toContain('药');
  });

  it('reads ISO-8859-1 when the file declares it', () => {
    const xml = `<?xml version="1.0" encoding="ISO-8859-1"?>${definitionsXml('<bpmn:process id="p" name="é"/>')}`;

    expect(JSON.stringify(parseBpmnXml(Buffer.from(xml, 'latin1')).document)).toContain('é');
  });

  it('gives JSON that an object of any kind survives', () => {
    const document = documentOf(processXml('<bpmn:extensionElements><acme:a __proto__="x" constructor="y"/></bpmn:extensionElements>'));

    expect(JSON.stringify(document)).toContain('{"__proto__":"x","constructor":"y"}');
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });
});

describe('parseBpmnXml refuses', () => {
  const laughs = `<!DOCTYPE x [${'<!ENTITY a "&b;&b;">'.repeat(10)}]>`;

  it.each([
    ['text that is no XML', 'hello', 'XML_MALFORMED'],
    ['nothing', '', 'XML_MALFORMED'],
    ['a tag that is not closed', definitionsXml('<bpmn:process>'), 'XML_MALFORMED'],
    ['an attribute given twice', definitionsXml('<bpmn:process id="a" id="b"/>'), 'XML_MALFORMED'],
    ['a prefix that is not declared', definitionsXml('<none:process/>'), 'XML_MALFORMED'],
    ['an entity that is not declared', definitionsXml('<bpmn:process name="&nbsp;"/>'), 'XML_MALFORMED'],
    ['a second root', `${definitionsXml('')}<x/>`, 'XML_MALFORMED'],
    ['a document type', `${laughs}${definitionsXml('')}`, 'XML_DOCTYPE'],
    ['a document type after comments', `<?xml version="1.0"?><!-- c --> ${laughs}${definitionsXml('')}`, 'XML_DOCTYPE'],
    ['half a character', definitionsXml('<bpmn:process name="\uD800"/>'), 'ENCODING_UNKNOWN'],
    ['half a character by number', definitionsXml('<bpmn:process name="&#xD800;"/>'), 'XML_MALFORMED'],
    ['a control character', definitionsXml('<bpmn:process name="\u0001"/>'), 'XML_MALFORMED'],
    ['another root', '<bpmn:process xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"/>', 'ROOT_UNKNOWN'],
    ['definitions of another namespace', '<definitions/>', 'ROOT_UNKNOWN'],
    ['elements nested too deep', definitionsXml(`${'<acme:a>'.repeat(201)}${'</acme:a>'.repeat(201)}`), 'XML_TOO_DEEP'],
    ['too many flow elements', processXml('<bpmn:task/>'.repeat(4_001)), 'TOO_MANY_FLOW_ELEMENTS'],
    ['too many elements of any kind', processXml('<acme:a/>'.repeat(30_000)), 'XML_TOO_MANY_ELEMENTS'],
  ])('%s', (_what, xml, code) => {
    const { document, findings } = parseBpmnXml(xml);

    expect(document).toBeUndefined();
    expect(findings).toEqual([expect.objectContaining({ code, severity: 'error', message: expect.stringMatching(/^Expected .*, but /) as string })]);
  });

  it.each([
    ['bytes that are no UTF-8', Buffer.from([0x3c, 0x61, 0xff, 0xfe, 0x80])],
    ['another encoding', Buffer.from(`<?xml version="1.0" encoding="GBK"?>${definitionsXml('')}`)],
    ['half a character of UTF-16', Buffer.from([0xff, 0xfe, 0x3c])],
  ])('%s', (_what, bytes) => {
    expect(findingsOf(bytes)).toEqual([expect.objectContaining({ code: 'ENCODING_UNKNOWN' })]);
  });

  it('names line and column of what is malformed', () => {
    expect(findingsOf(`${definitionsXml('\n  <bpmn:process>\n  </bpmn:task>')}`)).toEqual([expect.objectContaining({ code: 'XML_MALFORMED', path: 'line 3, column 14', message: expect.stringContaining('(line 3, column 14)') as string })]);
  });

  it('50 MB at once', () => {
    const bytes = new Uint8Array(50_000_000).fill(0x20);
    const text = ' '.repeat(50_000_000);

    expect(findingsOf(bytes)).toEqual([expect.objectContaining({ code: 'FILE_TOO_LARGE' })]);
    expect(findingsOf(text)).toEqual([expect.objectContaining({ code: 'FILE_TOO_LARGE' })]);
    expect(fastestMs(() => [findingsOf(bytes), findingsOf(text)])).toBeLessThan(50);
  });

  it('a document type before looking into it', () => {
    const xml = `<!DOCTYPE x [${'<!ENTITY a "&b;&b;">'.repeat(400_000)}`;

    expect(findingsOf(xml)).toEqual([expect.objectContaining({ code: 'XML_DOCTYPE', path: 'line 1, column 1' })]);
    expect(fastestMs(() => findingsOf(xml))).toBeLessThan(100);
  });

  it('what is over a bound without reading it first', () => {
    const xml = definitionsXml('<acme:a/>'.repeat(1_000_000));

    expect(findingsOf(xml)).toEqual([expect.objectContaining({ code: 'XML_TOO_MANY_ELEMENTS' })]);
    expect(fastestMs(() => findingsOf(xml))).toBeLessThan(200);
  });
});

describe('parseBpmnXml finds, and still gives the document,', () => {
  it.each([
    ['an id used twice', '<bpmn:task id="a"/><bpmn:task id="a"/>', [{ code: 'DUPLICATE_ID', severity: 'error', elementId: 'a' }]],
    ['a flow to nothing', '<bpmn:task id="a"/><bpmn:sequenceFlow id="f" sourceRef="a" targetRef="b"/>', [{ code: 'REFERENCE_NOT_FOUND', severity: 'error', elementId: 'f' }]],
    ['a reference in a text to nothing', '<bpmn:task id="a"><bpmn:outgoing>f</bpmn:outgoing></bpmn:task>', [{ code: 'REFERENCE_NOT_FOUND', severity: 'error', elementId: 'a' }]],
    ['a type that is only a name', '<bpmn:property id="a" itemSubjectRef="xsd_string"/>', [{ code: 'REFERENCE_NOT_FOUND', severity: 'warning', elementId: 'a' }]],
    ['an element that BPMN does not have', '<bpmn:tusk id="a"/>', [{ code: 'ELEMENT_UNKNOWN', severity: 'warning', elementId: 'p' }]],
  ])('%s', (_what, content, findings) => {
    const parsed = parseBpmnXml(processXml(content));

    expect(parsed.document).toBeDefined();
    expect(parsed.findings).toEqual(findings.map((finding) => expect.objectContaining(finding)));
  });

  it('nothing in references with the prefix of the file, or of another file', () => {
    const xml = definitionsXml('<bpmn:process id="p"/><bpmn:collaboration id="c"><bpmn:participant id="a" processRef="t:p"/><bpmn:participant id="b" processRef="acme:other"/></bpmn:collaboration>', 'xmlns:t="urn:test"');

    expect(findingsOf(xml)).toEqual([]);
  });
});
