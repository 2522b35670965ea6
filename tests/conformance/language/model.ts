import type { Json, Variables } from '#engine';

/** A flow node of a test model: an XML element, and for a sub-process what flows inside. */
export interface Node {
  readonly type: string;
  readonly id: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** XML of child elements. */
  readonly children: readonly string[];
  readonly inside?: Container;
}

/**
 * What a process or sub-process holds. `flows` is `a -> b -> c; b -> d if x > 1; b -> e default`, the condition being that
 * of the first arrow; a word without an arrow is a node alone. A node that is named here and not among `nodes` is a start event (`start…`), an end event (`end…`), or
 * else a script task that logs its id.
 */
export interface Container {
  readonly flows: string;
  readonly nodes?: readonly Node[];
}

type Attributes = Readonly<Record<string, string | boolean | number>>;

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const written = (attributes: Attributes): string => Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(String(value))}"`).join('');
const texts = (attributes: Attributes): Record<string, string> => Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, String(value)]));

/** An XML element of BPMN. */
export function xml(name: string, attributes: Attributes = {}, ...children: readonly string[]): string {
  return `<bpmn:${name}${written(attributes)}>${children.join('')}</bpmn:${name}>`;
}

/** An expression; without a language it is FEEL, and for a timer ISO 8601. */
export const text = (name: string, content: string | number): string => xml(name, { 'xsi:type': 'bpmn:tFormalExpression' }, escaped(String(content)));

export const node = (type: string, id: string, attributes: Attributes = {}, ...children: readonly string[]): Node => ({ type, id, attributes: texts(attributes), children });
export const subProcess = (id: string, inside: Container, attributes: Attributes = {}, ...children: readonly string[]): Node => ({ ...node('subProcess', id, attributes, ...children), inside });
export const transaction = (id: string, inside: Container, ...children: readonly string[]): Node => ({ ...node('transaction', id, {}, ...children), inside });
export const adHoc = (id: string, inside: Container, attributes: Attributes = {}, ...children: readonly string[]): Node => ({ ...node('adHocSubProcess', id, attributes, ...children), inside });
/** An event sub-process; `isInterrupting` is that of its start event. */
export const onEvent = (id: string, event: string, isInterrupting: boolean, flows: string, nodes: readonly Node[] = []): Node =>
  subProcess(id, { flows: `${id}_start -> ${flows}`, nodes: [node('startEvent', `${id}_start`, { isInterrupting }, event), ...nodes] }, { triggeredByEvent: true });
export const boundary = (id: string, attachedToRef: string, event: string, cancelActivity = true): Node => node('boundaryEvent', id, { attachedToRef, cancelActivity }, event);
export const catching = (id: string, ...events: readonly string[]): Node => node('intermediateCatchEvent', id, {}, ...events);
export const throwing = (id: string, ...events: readonly string[]): Node => node('intermediateThrowEvent', id, {}, ...events);
export const ending = (id: string, ...events: readonly string[]): Node => node('endEvent', id, {}, ...events);
export const gateway = (type: 'exclusive' | 'inclusive' | 'parallel' | 'complex' | 'eventBased', id: string, ...children: readonly string[]): Node => node(`${type}Gateway`, id, {}, ...children);
/** A call activity that hands on nothing but what both declare. */
export const call = (id: string, calledElement: string, ...children: readonly string[]): Node => node('callActivity', id, { calledElement }, ...children);
/** A script task that logs its id, with a marker or the like. */
export const script = (id: string, ...children: readonly string[]): Node => node('scriptTask', id, {}, ...children, xml('script', {}, escaped(`"${id}"`)));
/** A task that lasts until somebody completes it. */
export const waiting = (id: string, attributes: Attributes = {}): Node => node('userTask', id, attributes, fields({ form: 'f', candidateRoles: ['nurse'] }));
/** A script task that sets a variable. */
export const setting = (id: string, variable: string, script: string, ...children: readonly string[]): Node =>
  node('scriptTask', id, {}, ioSpecification(id), xml('dataOutputAssociation', {}, xml('sourceRef', {}, `${id}_out`), xml('targetRef', {}, variable)), ...children, xml('script', {}, escaped(script)));
/** A boundary event for compensation, its handler, and the association between them. */
export const undoneBy = (activity: string, handler: string, handlerNode?: Node): readonly Node[] => [
  boundary(`${activity}_undo`, activity, compensation()),
  handlerNode ?? node('scriptTask', handler, { isForCompensation: true }, xml('script', {}, '"undone"')),
  node('association', `${activity}_to_${handler}`, { sourceRef: `${activity}_undo`, targetRef: handler, associationDirection: 'One' }),
];

const ioSpecification = (id: string): string => xml('ioSpecification', {}, xml('dataOutput', { id: `${id}_out` }), xml('inputSet'), xml('outputSet', {}, xml('dataOutputRefs', {}, `${id}_out`)));
const fields = (value: Json): string => xml('extensionElements', {}, `<careloop:fields>${escaped(JSON.stringify(value))}</careloop:fields>`);

export const timer = (duration: string): string => xml('timerEventDefinition', {}, text('timeDuration', duration));
/** A catch event that lasts so long. */
export const after = (id: string, seconds: number): Node => catching(id, timer(`PT${seconds}S`));
export const cycle = (repetition: string): string => xml('timerEventDefinition', {}, text('timeCycle', repetition));
export const date = (instant: string): string => xml('timerEventDefinition', {}, text('timeDate', instant));
/** A message, correlated by a key that all tests share; none where it starts the process. */
export const message = (messageRef: string, isStart = false): string => xml('messageEventDefinition', { messageRef }, ...(isStart ? [] : [correlated]));
export const correlated = fields({ correlationKey: '"k"' });
export const signal = (signalRef: string): string => xml('signalEventDefinition', { signalRef });
export const error = (errorRef?: string): string => xml('errorEventDefinition', errorRef === undefined ? {} : { errorRef });
export const escalation = (escalationRef?: string): string => xml('escalationEventDefinition', escalationRef === undefined ? {} : { escalationRef });
export const conditional = (condition: string): string => xml('conditionalEventDefinition', {}, text('condition', condition));
export const compensation = (activityRef?: string): string => xml('compensateEventDefinition', activityRef === undefined ? {} : { activityRef });
export const link = (name: string): string => xml('linkEventDefinition', { name });
export const cancel = (): string => xml('cancelEventDefinition');
export const terminate = (): string => xml('terminateEventDefinition');
export const loop = (attributes: Attributes, condition?: string): string => xml('standardLoopCharacteristics', attributes, ...(condition === undefined ? [] : [text('loopCondition', condition)]));
export const multiple = (isSequential: boolean, cardinality: string | number, ...children: readonly string[]): string => xml('multiInstanceLoopCharacteristics', { isSequential }, text('loopCardinality', cardinality), ...children);

/** What else a file holds. */
export interface FileParts {
  /** Values at the start; each is declared as a property of every process. */
  readonly variables?: Variables;
  /** Processes beside `P`, by id. */
  readonly others?: Readonly<Record<string, Container>>;
  /** XML of more root elements. */
  readonly roots?: readonly string[];
}

const referenceKinds = { signalRef: 'signal', messageRef: 'message', errorRef: 'error', escalationRef: 'escalation' } as const;

/** A BPMN file with the process `P`. What event definitions refer to is declared, codes and names being the ids. */
export function file(main: Container, { variables = {}, others = {}, roots = [] }: FileParts = {}): string {
  const processes = Object.entries({ P: main, ...others }).map(([id, container]) => xml('process', { id, isExecutable: true }, ...Object.entries(variables).map((entry) => propertyOf(id, entry)), containerXml(container)));
  const body = [...processes, ...roots].join('\n');
  const declared = Object.entries(referenceKinds).flatMap(([attribute, kind]) => [...new Set([...body.matchAll(new RegExp(`${attribute}="([^"]+)"`, 'g'))].map(([, id = '']) => id))].map((id) => rootOf(kind, id)));
  const namespaces = { id: 'file', targetNamespace: 'urn:test', 'xmlns:bpmn': 'http://www.omg.org/spec/BPMN/20100524/MODEL', 'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance', 'xmlns:xsd': 'http://www.w3.org/2001/XMLSchema', 'xmlns:careloop': 'urn:careloop:bpmn:1' };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xml('definitions', namespaces, xml('itemDefinition', { id: 'list', isCollection: true }), ...declared, body)}`;
}

function rootOf(kind: string, id: string): string {
  if (kind === 'error') return xml('error', { id, errorCode: id });
  return kind === 'escalation' ? xml('escalation', { id, escalationCode: id }) : xml(kind, { id, name: id });
}

function propertyOf(processId: string, [name, value]: readonly [string, Json]): string {
  const itemSubjectRef = Array.isArray(value) ? 'list' : typeof value === 'number' ? 'xsd:decimal' : `xsd:${typeof value}`;
  return xml('property', { id: processId === 'P' ? name : `${processId}_${name}`, name, itemSubjectRef });
}

interface Flow { readonly source: string; readonly target: string; readonly condition?: string; readonly isDefault: boolean }

function containerXml({ flows, nodes = [] }: Container): string {
  const parsed = flows.split(';').map((part) => part.trim()).filter((part) => part !== '').map(readPart);
  const arrows = parsed.flatMap(({ flows: each }) => each);
  const named = [...new Set(parsed.flatMap(({ names }) => names))];
  const known = new Set(nodes.map(({ id }) => id));
  const ids = arrows.map(({ source, target }, index) => (arrows.findIndex((other) => other.source === source && other.target === target) === index ? `${source}_${target}` : `${source}_${target}_${index}`));
  const defaults = new Map(arrows.flatMap(({ source, isDefault }, index) => (isDefault ? [[source, ids[index] ?? ''] as const] : [])));
  const all = [...named.filter((id) => !known.has(id)).map(implicitNode), ...nodes];
  return [
    ...all.map((each) => nodeXml(each, defaults.get(each.id))),
    ...arrows.map(({ source, target, condition }, index) => xml('sequenceFlow', { id: ids[index] ?? '', sourceRef: source, targetRef: target }, ...(condition === undefined ? [] : [text('conditionExpression', condition)]))),
  ].join('\n');
}

function readPart(part: string): { readonly names: readonly string[]; readonly flows: readonly Flow[] } {
  const [, chain = '', condition] = /^(.*?)(?:\sif\s(.*))?$/.exec(part) ?? [];
  const isDefault = / default$/.test(chain);
  const names = chain.replace(/ default$/, '').split('->').map((name) => name.trim());
  const flows = names.slice(1).map((target, index): Flow => {
    const isFirst = index === 0;
    return { source: names[index] ?? '', target, isDefault: isDefault && isFirst, ...(condition !== undefined && isFirst ? { condition } : {}) };
  });
  return { names, flows };
}

function implicitNode(id: string): Node {
  if (/^start/.test(id)) return node('startEvent', id);
  return /^end/.test(id) ? node('endEvent', id) : script(id);
}

function nodeXml({ type, id, attributes, children, inside }: Node, defaultFlow: string | undefined): string {
  return xml(type, { id, ...attributes, ...(defaultFlow === undefined ? {} : { default: defaultFlow }) }, ...children, ...(inside ? [containerXml(inside)] : []));
}
