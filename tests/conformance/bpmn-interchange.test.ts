import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BpmnModdle } from 'bpmn-moddle';
import { parseDefinition } from '#engine';
import { fromProcessDefinition, parseBpmnXml, processesOf, toProcessDefinition, writeBpmnXml, type BpmnDocument } from '#bpmn';
import { compareXml } from './bpmn/compare-xml.ts';

const shared = join(import.meta.dirname, '../../../shared/bpmn');
const folders = ['miwg', 'betsy'];
const files = folders.map((folder) => join(shared, folder)).filter(existsSync).flatMap(bpmnFilesOf);

function bpmnFilesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.bpmn')).sort().map((name) => join(folder, name));
}

function imported(xml: string | Uint8Array): BpmnDocument {
  const { document, findings } = parseBpmnXml(xml);
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  if (!document) throw new Error('Expected a document, but there is none');
  return document;
}

/** Without the line, which is another one in the export. */
function problemOf({ message }: { readonly message: string }): string {
  return message.split('\n')[0] ?? '';
}

/** That tool drops the space around a CDATA section; the comparison of the export itself has seen it. */
function trimmed(xml: string): string {
  return xml.replace(/>\s+/g, '>').replace(/\s+</g, '<');
}

/** All of them are ASCII, whatever encoding they declare. */
function textOf(file: string): string {
  return readFileSync(file, 'utf8');
}

const suite = files.length > 0 ? describe : describe.skip;

suite(`interchange of the reference models (skipped without ${folders.join(' and ')})`, () => {
  it.each(files.map((file) => [file.slice(shared.length + 1), file]))('imports, exports and imports %s without difference', (_name, file) => {
    const document = imported(readFileSync(file));

    const again = imported(writeBpmnXml(document));

    expect(again).toEqual(document);
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });

  it.each(files.map((file) => [file.slice(shared.length + 1), file]))('exports every element, attribute and text of %s', (_name, file) => {
    const exported = writeBpmnXml(imported(readFileSync(file)));

    expect(compareXml(textOf(file), exported)).toEqual([]);
  });

  it.each(files.map((file) => [file.slice(shared.length + 1), file]))('exports %s as another tool reads it', async (_name, file) => {
    const moddle = new BpmnModdle();
    const source = await moddle.fromXML(textOf(file));

    const exported = await moddle.fromXML(writeBpmnXml(imported(readFileSync(file))));

    expect(exported.warnings.map(problemOf)).toEqual(source.warnings.filter(({ message }) => !message.startsWith('unsupported document encoding')).map(problemOf));
    expect(compareXml(trimmed((await moddle.toXML(source.rootElement)).xml), trimmed((await moddle.toXML(exported.rootElement)).xml))).toEqual([]);
  });

  it.each(files.map((file) => [file.slice(shared.length + 1), file]))('leaves %s as it is when nothing in its executable form has changed', (_name, file) => {
    const document = imported(readFileSync(file));
    // What the expressions mean is of no account here.
    const options = { expression: () => 'true' };

    const definitions = processesOf(document).flatMap(({ id }) => toProcessDefinition(document, id, options).definition ?? []);

    for (const definition of definitions) expect(fromProcessDefinition(definition, document, options)).toEqual(document);
  });

  it('has the models that it is meant for', () => {
    expect(files.length).toBeGreaterThanOrEqual(28);
  });
});

describe('the BPMN of our own processes', () => {
  const processes = join(import.meta.dirname, '../../processes');

  it.each(readdirSync(processes))('%s is read by another tool without a warning', async (key) => {
    const parsed = parseDefinition(JSON.parse(readFileSync(join(processes, key, 'process.json'), 'utf8')));
    if (!parsed.ok) throw new Error(`Expected ${key} to be a definition`);
    const xml = writeBpmnXml(fromProcessDefinition(parsed.definition));

    const { warnings, rootElement } = await new BpmnModdle().fromXML(xml);

    expect(warnings).toEqual([]);
    expect(compareXml(trimmed(xml), trimmed((await new BpmnModdle().toXML(rootElement)).xml)).filter((difference) => !isDefaultValue(difference))).toEqual([]);
  });
});

/** That tool leaves out attributes that have the value they would have anyway. */
function isDefaultValue(difference: string): boolean {
  return /@\{\}(?:isInterrupting|cancelActivity|isSequential|isForCompensation|triggeredByEvent|testBefore): expected "(?:true|false)", got undefined$/.test(difference);
}

describe('the independent comparison', () => {
  const wrap = (inner: string, prefix = 'a') => `<${prefix}:r xmlns:${prefix}="u" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">${inner}</${prefix}:r>`;

  it.each([
    ['an element that is missing', wrap('<a:x/><a:y/>'), wrap('<a:x/>')],
    ['elements in another order', wrap('<a:x/><a:y/>'), wrap('<a:y/><a:x/>')],
    ['an attribute that is missing', wrap('<a:x id="1"/>'), wrap('<a:x/>')],
    ['an attribute that is new', wrap('<a:x/>'), wrap('<a:x id="1"/>')],
    ['another value', wrap('<a:x id="1"/>'), wrap('<a:x id="2"/>')],
    ['another text', wrap('<a:x>one</a:x>'), wrap('<a:x>two</a:x>')],
    ['another namespace', wrap('<a:x/>'), wrap('<x/>')],
    ['another xsi:type', wrap('<a:x xsi:type="a:t"/>'), wrap('<a:x xsi:type="t"/>')],
  ])('sees %s', (_what, left, right) => {
    expect(compareXml(left, right)).not.toEqual([]);
  });

  it('does not mind other prefixes and space between elements', () => {
    expect(compareXml(wrap('<a:x xsi:type="a:t"/>'), wrap('\n  <b:x xsi:type="b:t"/>\n', 'b'))).toEqual([]);
  });
});
