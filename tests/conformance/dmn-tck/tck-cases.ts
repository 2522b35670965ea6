import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseDateText, parseDateTimeText, parseDurationText, parseTimeText } from '../../../rules/feel/standard/index.ts';
import { readXml } from '../../../rules/dmn/xml/read-xml.ts';
import { attribute, childText, dmnChild, dmnChildren, isElement, localName, textOf, type XmlElement } from '../../../rules/dmn/xml/xml-element.ts';

/** One result that a case of the TCK expects. */
export interface TckResult {
  /** What is asked for: a decision, or the service or knowledge model that the case invokes. */
  readonly node: string;
  /** The output decision whose value is meant, where a service is invoked. */
  readonly output?: string;
  /** FEEL's own values. */
  readonly expected: unknown;
  readonly isError: boolean;
}

/** One case: a model, its inputs and what comes out of it. */
export interface TckCase {
  readonly model: string;
  readonly id: string;
  readonly xml: string;
  /** The other models of the folder. */
  readonly others: readonly string[];
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly results: readonly TckResult[];
}

const ownLevel = join(import.meta.dirname, '../../../../shared/dmn/tck/compliance-level-2');
/** The folder of a compliance level, or one above several; another can be named by CARELOOP_DMN_TCK. */
const root = process.env.CARELOOP_DMN_TCK ?? ownLevel;

/** Whether the cases are those that must pass without a single error on the way. */
export const isOwnLevel = root === ownLevel;

/** Every case below the folder; none where the TCK is absent. */
export function tckCases(folder: string = root): TckCase[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true }).sort((left, right) => (left.name < right.name ? -1 : 1));
  const tests = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.xml')).flatMap(({ name }) => casesOf(folder, name));
  return [...tests, ...entries.filter((entry) => entry.isDirectory()).flatMap(({ name }) => tckCases(join(folder, name)))];
}

function textFile(...path: readonly string[]): string {
  return readFileSync(join(...path), 'utf8').replace(/^\uFEFF/, '');
}

function casesOf(folder: string, file: string): TckCase[] {
  const read = readXml(textFile(folder, file));
  if ('problem' in read) throw new Error(`Expected a test file, but ${file}: ${read.problem.message}`);
  if (localName(read.root) !== 'testCases') return [];
  const model = modelFile(read.root, folder, file);
  const xml = textFile(folder, model);
  const others = readdirSync(folder).filter((name) => name.endsWith('.dmn') && name !== model).sort().map((name) => textFile(folder, name));
  return dmnChildren(read.root, 'testCase').map((test): TckCase => ({
    model: join(relative(root, folder), model),
    id: `${file.replace('.xml', '')} ${attribute(test, 'id') ?? ''}`,
    xml,
    others,
    inputs: Object.fromEntries(dmnChildren(test, 'inputNode').map((node) => [qualifiedName(node), valueOf(node)])),
    results: dmnChildren(test, 'resultNode').map((node) => resultOf(test, node)),
  }));
}

/** The file that the tests name; where they name none, or one that is not there, the one of the same name as the tests. */
function modelFile(tests: XmlElement, folder: string, file: string): string {
  const named = (childText(tests, 'modelName') ?? '').trim();
  return named !== '' && existsSync(join(folder, named)) ? named : file.replace(/-test-.*$/, '.dmn');
}

function resultOf(test: XmlElement, node: XmlElement): TckResult {
  const expected = dmnChild(node, 'expected');
  const common = { expected: expected ? valueOf(expected) : null, isError: attribute(node, 'errorResult') === 'true' || attribute(node, 'errorResult') === '1' };
  const type = attribute(test, 'type');
  const invocable = type === 'decisionService' || type === 'bkm' ? attribute(test, 'invocableName') : undefined;
  if (invocable === undefined) return { node: qualifiedName(node), ...common };
  const [name, namespace] = [attribute(node, 'name') ?? '', attribute(test, 'namespace')];
  return { node: namespace === undefined ? invocable : `${namespace}#${invocable}`, ...(type === 'decisionService' && name !== invocable ? { output: name } : {}), ...common };
}

/** A node of an imported model carries its namespace. */
function qualifiedName(node: XmlElement): string {
  const [name, namespace] = [attribute(node, 'name') ?? '', attribute(node, 'namespace')];
  return namespace === undefined ? name : `${namespace}#${name}`;
}

/** A value of a test file: `value`, `list` or components. */
function valueOf(element: XmlElement): unknown {
  const components = dmnChildren(element, 'component');
  if (components.length > 0) return Object.fromEntries(components.map((component) => [attribute(component, 'name') ?? '', valueOf(component)]));
  const list = dmnChild(element, 'list');
  if (list) return isNil(list) ? null : dmnChildren(list, 'item').map(valueOf);
  const value = dmnChild(element, 'value');
  return value ? scalarOf(value) : null;
}

function scalarOf(value: XmlElement): unknown {
  if (isNil(value)) return null;
  const text = textOf(value);
  const type = Object.entries(value.attributes).find(([name]) => name.endsWith(':type'))?.[1].replace(/^.*:/, '');
  switch (type) {
    case 'decimal':
    case 'double':
    case 'float':
    case 'integer':
    case 'int':
    case 'long':
    case 'short':
    case 'byte':
    case 'nonNegativeInteger':
    case 'positiveInteger':
      return Number(text);
    case 'boolean':
      return text.trim() === 'true' || text.trim() === '1';
    case 'date':
      return parseDateText(text.trim());
    case 'time':
      return parseTimeText(text.trim());
    case 'dateTime':
      return parseDateTimeText(text.trim());
    case 'duration':
    case 'dayTimeDuration':
    case 'yearMonthDuration':
      return parseDurationText(text.trim());
    default:
      if (value.children.some(isElement)) throw new Error(`Expected a simple value, but found ${localName(value)} with children`);
      return text;
  }
}

function isNil(element: XmlElement): boolean {
  return Object.entries(element.attributes).some(([name, value]) => name.endsWith(':nil') && (value === 'true' || value === '1'));
}
