import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDateText, parseDateTimeText, parseDurationText, parseTimeText } from '../../../rules/feel/standard/index.ts';
import { readXml } from '../../../rules/dmn/xml/read-xml.ts';
import { attribute, dmnChild, dmnChildren, isElement, localName, textOf, type XmlElement } from '../../../rules/dmn/xml/xml-element.ts';

/** One result that a case of the TCK expects. */
export interface TckResult {
  /** A decision, or the service or knowledge model that the case invokes. */
  readonly node: string;
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

/** The folder of a compliance level; another can be named by CARELOOP_DMN_TCK. */
const root = process.env.CARELOOP_DMN_TCK ?? join(import.meta.dirname, '../../../../shared/dmn/tck/compliance-level-2');

/** Every case of the level; none where the TCK is absent. */
export function tckCases(): TckCase[] {
  if (!existsSync(root)) return [];
  return readdirSync(root).sort().flatMap((name) => readdirSync(join(root, name)).filter((file) => /-test-.*\.xml$/.test(file)).sort().flatMap((file) => casesOf(name, file)));
}

function casesOf(folder: string, file: string): TckCase[] {
  const read = readXml(readFileSync(join(root, folder, file), 'utf8').replace(/^\uFEFF/, ''));
  if ('problem' in read) throw new Error(`Expected a test file, but ${file}: ${read.problem.message}`);
  const modelName = dmnChild(read.root, 'modelName');
  const model = modelName ? textOf(modelName).trim() : `${folder}.dmn`;
  const xml = readFileSync(join(root, folder, model), 'utf8');
  const others = readdirSync(join(root, folder)).filter((name) => name.endsWith('.dmn') && name !== model).sort().map((name) => readFileSync(join(root, folder, name), 'utf8'));
  return dmnChildren(read.root, 'testCase').map((test): TckCase => ({
    model: `${folder}/${model}`,
    id: `${file.replace('.xml', '')} ${attribute(test, 'id') ?? ''}`,
    xml,
    others,
    inputs: Object.fromEntries(dmnChildren(test, 'inputNode').map((node) => [qualifiedName(node), valueOf(node)])),
    results: dmnChildren(test, 'resultNode').map((node) => {
      const expected = dmnChild(node, 'expected');
      const invocable = attribute(test, 'type') === 'decisionService' || attribute(test, 'type') === 'bkm' ? attribute(test, 'invocableName') : undefined;
      return { node: invocable ?? qualifiedName(node), expected: expected ? valueOf(expected) : null, isError: attribute(node, 'errorResult') === 'true' };
    }),
  }));
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
  return Object.entries(element.attributes).some(([name, value]) => name.endsWith(':nil') && value === 'true');
}
