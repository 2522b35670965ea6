import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseDefinition, type FlowElement, type ProcessDefinition } from '../definition/index.ts';
import { blockArbitrary } from '../testing/random-block.ts';
import { definitionOfBlock } from '../testing/random-process.ts';
import { checkDocument } from './check-document.ts';
import type { BpmnDocument } from './document.ts';
import { descendantsOf } from './element-access.ts';
import { fromProcessDefinition } from './from-process-definition.ts';
import { parseBpmnXml } from './parse-bpmn-xml.ts';
import { definitionsXml, documentOf, processXml } from './testing/bpmn-text.ts';
import { everyElement } from './testing/every-element.ts';
import { toProcessDefinition } from './to-process-definition.ts';
import { writeBpmnXml } from './write-xml.ts';

const processes = join(import.meta.dirname, '../../processes');
const definitions = readdirSync(processes).map((key): [string, ProcessDefinition] => {
  const parsed = parseDefinition(JSON.parse(readFileSync(join(processes, key, 'process.json'), 'utf8')));
  if (!parsed.ok) throw new Error(`Expected ${key} to be a definition`);
  return [key, parsed.definition];
});

/** Through the document, the XML and back. */
function throughXml(definition: ProcessDefinition): { document: BpmnDocument; again: ProcessDefinition | undefined } {
  const document = fromProcessDefinition(definition);
  const parsed = parseBpmnXml(writeBpmnXml(document));
  expect(parsed.findings).toEqual([]);
  expect(parsed.document).toEqual(document);
  const { definition: again, findings } = toProcessDefinition(document, processIdOf(document));
  expect(findings).toEqual([]);
  return { document, again };
}

function processIdOf(document: BpmnDocument): string {
  return [...descendantsOf(document.definitions)].find(({ name }) => name === 'bpmn:process')?.attributes?.['id'] ?? '';
}

describe('fromProcessDefinition without a document', () => {
  it.each([...definitions, ['every element', everyElement] as const])('gives BPMN that says all of %s', (_name, definition) => {
    expect(parseDefinition(definition).ok).toBe(true);
    expect(throughXml(definition).again).toEqual(definition);
  });

  it('gives BPMN that says all of a random process', () => {
    fc.assert(
      fc.property(blockArbitrary, (block) => {
        const definition = definitionOfBlock(block);
        expect(throughXml(definition).again).toEqual(definition);
      }),
      { seed: 11, numRuns: 60 },
    );
  });

  it.each([...definitions, ['every element', everyElement] as const])('draws every node and flow of %s, nodes apart from each other', (_name, definition) => {
    const { definitions: root } = fromProcessDefinition(definition);

    const drawn = [...descendantsOf(root)].filter(({ name }) => name === 'bpmndi:BPMNShape' || name === 'bpmndi:BPMNEdge').map(({ attributes }) => attributes?.['bpmnElement']);
    expect(new Set(drawn)).toEqual(new Set([...idsOf(definition), ...associationsOf(root)]));
    expect(overlapsOf(definition, root)).toEqual([]);
  });

  it('has another id for the process when an element has its key', () => {
    const definition: ProcessDefinition = { ...everyElement, key: 'start' };

    const { document, again } = throughXml(definition);

    expect(processIdOf(document)).toBe('Process_start');
    expect(again).toEqual(definition);
  });

  it('stands a boundary event on the border of its activity', () => {
    const { definitions: root } = fromProcessDefinition(everyElement);

    const [event, host] = [boundsOf(root, 'boundary_undo'), boundsOf(root, 'user')];
    expect(event.y + event.height / 2).toBe(host.y + host.height);
    expect(event.x).toBeGreaterThanOrEqual(host.x);
    expect(event.x + event.width).toBeLessThanOrEqual(host.x + host.width);
  });
});

const foreign = `<bpmn:extensionElements><acme:note level="3">keep me</acme:note></bpmn:extensionElements>`;
const source = processXml(
  `<bpmn:laneSet id="lanes"><bpmn:lane id="lane" name="nurse" acme:color="red"><bpmn:flowNodeRef>s</bpmn:flowNodeRef><bpmn:flowNodeRef>t</bpmn:flowNodeRef><bpmn:flowNodeRef>e</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>
   <bpmn:startEvent id="s"><bpmn:outgoing>f</bpmn:outgoing></bpmn:startEvent><!-- in between -->
   <bpmn:sequenceFlow id="f" sourceRef="s" targetRef="t"/>
   <bpmn:task id="t" name="Do" acme:kind="x">${foreign}<bpmn:incoming>f</bpmn:incoming><bpmn:outgoing>g</bpmn:outgoing></bpmn:task>
   <bpmn:sequenceFlow id="g" sourceRef="t" targetRef="e"/><bpmn:endEvent id="e"><bpmn:incoming>g</bpmn:incoming></bpmn:endEvent>
   <bpmn:textAnnotation id="note"><bpmn:text>Why</bpmn:text></bpmn:textAnnotation><bpmn:association id="a" sourceRef="t" targetRef="note"/>`,
).replace('</bpmn:definitions>', '<d:BPMNDiagram xmlns:d="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:c="http://www.omg.org/spec/DD/20100524/DC" xmlns:i="http://www.omg.org/spec/DD/20100524/DI" id="D"><d:BPMNPlane id="P" bpmnElement="p"><d:BPMNShape id="ts" bpmnElement="t" acme:x="1"><c:Bounds x="300.0" y="90" width="100" height="80"/></d:BPMNShape><d:BPMNShape id="es" bpmnElement="e"><c:Bounds x="700" y="112" width="36" height="36"/></d:BPMNShape><d:BPMNEdge id="fe" bpmnElement="f"><i:waypoint x="1" y="2"/><i:waypoint x="3" y="4"/></d:BPMNEdge><d:BPMNEdge id="ae" bpmnElement="a"><i:waypoint x="1" y="2"/></d:BPMNEdge></d:BPMNPlane></d:BPMNDiagram></bpmn:definitions>');

describe('fromProcessDefinition with the imported document', () => {
  const document = documentOf(source);
  const { definition: imported } = toProcessDefinition(document, 'p');
  if (!imported) throw new Error('Expected a definition');
  const definition: ProcessDefinition = imported;
  const withElements = (change: (element: FlowElement) => FlowElement[], flows = definition.sequenceFlows): ProcessDefinition => ({ ...definition, flowElements: definition.flowElements.flatMap(change), sequenceFlows: flows });
  const lines = (of: BpmnDocument): string[] => writeBpmnXml(of).split('\n').map((line) => line.trim());
  const changesOf = (changed: ProcessDefinition): { added: string[]; removed: string[] } => {
    const before = lines(document);
    const after = lines(fromProcessDefinition(changed, document));
    return { added: after.filter((line) => !before.includes(line)), removed: before.filter((line) => !after.includes(line)) };
  };

  it('leaves a global task as it is when its executable form has not changed', () => {
    const document = documentOf(definitionsXml('<bpmn:globalTask id="task" name="Task"/>'));
    const { definition } = toProcessDefinition(document, 'task');
    if (!definition) throw new Error('Expected a definition');

    expect(fromProcessDefinition(definition, document)).toEqual(document);
  });

  it('gives the document back when nothing has changed', () => {
    expect(fromProcessDefinition(definition, document)).toEqual(document);
  });

  it('leaves the given document alone', () => {
    const copy = structuredClone(document);

    fromProcessDefinition(withElements((element) => (element.id === 't' ? [] : [element]), []), document);

    expect(document).toEqual(copy);
  });

  it('writes a new name and nothing else', () => {
    const changed = withElements((element) => [element.id === 't' ? { ...element, name: { 'zh-CN': '做', en: '做' } } : element]);

    expect(changesOf(changed)).toEqual({ added: ['<bpmn:task id="t" name="做" acme:kind="x">'], removed: ['<bpmn:task id="t" name="Do" acme:kind="x">'] });
  });

  it('turns a task into another kind and keeps what is foreign', () => {
    const changed = withElements((element) => [element.id === 't' ? { id: 't', type: 'serviceTask', name: { 'zh-CN': 'Do', en: 'Do' }, activity: 'a.b' } : element]);

    const after = fromProcessDefinition(changed, document);

    expect(writeBpmnXml(after)).toContain('<bpmn:serviceTask id="t" name="Do" acme:kind="x">');
    expect(writeBpmnXml(after)).toContain('<acme:note level="3">keep me</acme:note>');
    expect(toProcessDefinition(after, 'p').definition).toEqual(changed);
  });

  it('takes a removed node out of lanes, associations and diagram', () => {
    const changed = withElements((element) => (element.id === 't' ? [] : [element]), [{ id: 'f', sourceRef: 's', targetRef: 'e' }]);

    const after = fromProcessDefinition(changed, document);

    const xml = writeBpmnXml(after);
    expect(checkDocument(after)).toEqual([]);
    for (const gone of ['>t<', '"t"', '"g"', '"a"', 'keep me']) expect(xml).not.toContain(gone);
    expect(xml).toContain('acme:color="red"');
    expect(xml).toContain('<bpmn:text>Why</bpmn:text>');
    expect(toProcessDefinition(after, 'p').definition).toEqual(changed);
  });

  it('puts a new node after the one before it and draws it', () => {
    const added: FlowElement = { id: 'n', type: 'userTask', candidateRoles: ['r'], form: 'f' };
    const changed = withElements((element) => (element.id === 't' ? [element, added] : [element]), [...definition.sequenceFlows.map((flow) => (flow.id === 'g' ? { ...flow, targetRef: 'n' } : flow)), { id: 'h', sourceRef: 'n', targetRef: 'e' }]);

    const after = fromProcessDefinition(changed, document);

    expect(checkDocument(after)).toEqual([]);
    expect(toProcessDefinition(after, 'p').definition).toEqual(changed);
    expect(boundsOf(after.definitions, 'n')).toEqual({ x: 460, y: 90, width: 120, height: 80 });
    expect(writeBpmnXml(after)).toContain('bpmnElement="h"');
    expect(writeBpmnXml(after)).toContain('<!-- in between -->');
  });

  it('moves a node into a new sub-process', () => {
    const inner = definition.flowElements.filter(({ id }) => id === 't');
    const changed = withElements((element) => (element.id === 't' ? [{ id: 'sub', type: 'subProcess', flowElements: inner, sequenceFlows: [] }] : [element]), definition.sequenceFlows.map((flow) => ({ ...flow, ...(flow.sourceRef === 't' ? { sourceRef: 'sub' } : { targetRef: 'sub' }) })));

    const after = fromProcessDefinition(changed, document);

    expect(checkDocument(after)).toEqual([]);
    expect(toProcessDefinition(after, 'p').definition).toEqual(changed);
    expect(writeBpmnXml(after)).toContain('keep me');
  });

  it('keeps an expression in another language where nobody touched it', () => {
    const groovy = documentOf(processXml('<bpmn:task id="t"/><bpmn:task id="u"/><bpmn:sequenceFlow id="f" sourceRef="t" targetRef="u"><bpmn:conditionExpression language="groovy">a == 1</bpmn:conditionExpression></bpmn:sequenceFlow>'));
    const options = { expression: () => 'a = 1' };
    const { definition: translated } = toProcessDefinition(groovy, 'p', options);
    if (!translated) throw new Error('Expected a definition');

    expect(fromProcessDefinition(translated, groovy, options)).toEqual(groovy);
    expect(writeBpmnXml(fromProcessDefinition({ ...translated, sequenceFlows: translated.sequenceFlows.map((flow) => ({ ...flow, condition: 'a = 2' })) }, groovy, options))).toContain('FEEL/">a = 2<');
  });

  it.each(definitions)('agrees with itself after any one element of %s is removed', (_key, whole) => {
    const full = fromProcessDefinition(whole);
    for (const { id } of whole.flowElements.slice(0, 12)) {
      const less = without(whole, id);

      const after = fromProcessDefinition(less, full);

      expect(checkDocument(after)).toEqual([]);
      expect(toProcessDefinition(after, processIdOf(after)).definition).toEqual(less);
      expect(toProcessDefinition(fromProcessDefinition(whole, after), processIdOf(after)).definition).toEqual(whole);
    }
  });
});

/** The definition without an element, what is attached to it, and the flows at both. */
function without(whole: ProcessDefinition, id: string): ProcessDefinition {
  const flowElements = whole.flowElements.filter((element) => element.id !== id && !(element.type === 'boundaryEvent' && element.attachedToRef === id));
  const ids = new Set(flowElements.map((element) => element.id));
  const sequenceFlows = whole.sequenceFlows.filter(({ sourceRef, targetRef }) => ids.has(sourceRef) && ids.has(targetRef));
  const withoutDefault = (element: FlowElement): FlowElement => {
    if (!('default' in element) || sequenceFlows.some((flow) => flow.id === element.default)) return element;
    const { default: _default, ...rest } = element;
    return rest;
  };
  return { ...whole, flowElements: flowElements.map(withoutDefault), sequenceFlows };
}

function idsOf(container: Pick<ProcessDefinition, 'flowElements' | 'sequenceFlows'>): string[] {
  return [...container.flowElements, ...container.sequenceFlows].flatMap((element) => ('flowElements' in element ? [element.id, ...idsOf(element)] : [element.id]));
}

function associationsOf(root: BpmnDocument['definitions']): string[] {
  return [...descendantsOf(root)].filter(({ name }) => name === 'bpmn:association').map(({ attributes }) => attributes?.['id'] ?? '');
}

function boundsOf(root: BpmnDocument['definitions'], id: string): { x: number; y: number; width: number; height: number } {
  const shape = [...descendantsOf(root)].find(({ name, attributes }) => name === 'bpmndi:BPMNShape' && attributes?.['bpmnElement'] === id);
  const bounds = shape && [...descendantsOf(shape)].find(({ name }) => name === 'dc:Bounds');
  const [x = NaN, y = NaN, width = NaN, height = NaN] = ['x', 'y', 'width', 'height'].map((key) => Number(bounds?.attributes?.[key]));
  return { x, y, width, height };
}

/** Pairs of nodes of one container that cover each other, boundary events left out. */
function overlapsOf(container: Pick<ProcessDefinition, 'flowElements'>, root: BpmnDocument['definitions']): string[] {
  const nodes = container.flowElements.filter(({ type }) => type !== 'boundaryEvent').map(({ id }) => ({ id, ...boundsOf(root, id) }));
  const here = nodes.flatMap((one, index) => nodes.slice(index + 1).filter((other) => one.x < other.x + other.width && other.x < one.x + one.width && one.y < other.y + other.height && other.y < one.y + one.height).map((other) => `${one.id} ${other.id}`));
  return [...here, ...container.flowElements.flatMap((element) => ('flowElements' in element ? overlapsOf(element, root) : []))];
}
