import { describe, expect, it } from '@jest/globals';
import { drawingOf } from './drawing.ts';
import { definitionsXml, documentOf, processXml } from './testing/bpmn-text.ts';

const drawn = (content: string, more = '') => drawingOf(documentOf(processXml(content, more)));
const shape = (id: string, x: number, attributes = '') => `<bpmndi:BPMNShape bpmnElement="${id}"${attributes}><dc:Bounds x="${x}" y="20" width="100" height="80"/></bpmndi:BPMNShape>`;
const diagram = (content: string) =>
  `<bpmndi:BPMNDiagram xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI"><bpmndi:BPMNPlane bpmnElement="p">${content}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>`;

describe('the drawing of a file', () => {
  it('has also what cannot be executed, with flows, markers and what an event waits for', () => {
    const { elements, flows } = drawn(
      '<bpmn:startEvent id="s"><bpmn:messageEventDefinition/><bpmn:timerEventDefinition/></bpmn:startEvent>' +
        '<bpmn:userTask id="u" name="Review"><bpmn:multiInstanceLoopCharacteristics isSequential="true"/></bpmn:userTask>' +
        '<bpmn:boundaryEvent id="b" attachedToRef="u" cancelActivity="false"><bpmn:timerEventDefinition/></bpmn:boundaryEvent>' +
        '<bpmn:exclusiveGateway id="g" default="f2"/><bpmn:callChoreography id="c"/><bpmn:dataObject id="d"/>' +
        '<bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="u" name="go"/><bpmn:sequenceFlow id="f2" sourceRef="g" targetRef="c"/>',
    );

    expect(elements).toEqual([
      { id: 's', processId: 'p', type: 'startEvent', name: '', eventKind: 'multiple', markers: [] },
      { id: 'u', processId: 'p', type: 'userTask', name: 'Review', markers: ['sequential'] },
      { id: 'b', processId: 'p', type: 'boundaryEvent', name: '', attachedTo: 'u', eventKind: 'timer', interrupts: false, markers: [] },
      { id: 'g', processId: 'p', type: 'exclusiveGateway', name: '', markers: [] },
      { id: 'c', processId: 'p', type: 'callChoreography', name: '', markers: [] },
    ]);
    expect(flows).toEqual([
      { id: 'flow:f1', flowId: 'f1', processId: 'p', source: 's', target: 'u', name: 'go', isDefault: false },
      { id: 'flow:f2', flowId: 'f2', processId: 'p', source: 'g', target: 'c', name: '', isDefault: true },
    ]);
  });

  it('leaves out a flow to nothing or across a border, and gives what has no id of its own one', () => {
    const { elements, flows } = drawn('<bpmn:task id="t"/><bpmn:task id="t"/><bpmn:task/><bpmn:subProcess id="sub"><bpmn:task id="in"/></bpmn:subProcess><bpmn:sequenceFlow id="a" sourceRef="t" targetRef="in"/><bpmn:sequenceFlow id="b" sourceRef="t" targetRef="gone"/>');

    expect(elements.map(({ id, parentId }) => [id, parentId])).toEqual([['t', undefined], ['t#2', undefined], ['p/task', undefined], ['sub', undefined], ['in', 'sub']]);
    expect(flows).toEqual([]);
  });

  it('takes the places of the diagram when it places all that it shows', () => {
    const content = '<bpmn:task id="t"/><bpmn:subProcess id="sub"><bpmn:task id="in"/></bpmn:subProcess><bpmn:sequenceFlow id="f" sourceRef="t" targetRef="sub"/>';
    const edge = '<bpmndi:BPMNEdge bpmnElement="f"><di:waypoint x="100" y="60"/><di:waypoint x="200" y="60"/></bpmndi:BPMNEdge>';
    const read = (shapes: string) => drawingOf(documentOf(definitionsXml(`<bpmn:process id="p">${content}</bpmn:process>${diagram(shapes)}`)));

    const closed = read(`${shape('t', 0)}${shape('sub', 200, ' isExpanded="false"')}${edge}`);
    expect(closed.placed).toEqual(['p']);
    expect(closed.elements[0]?.bounds).toEqual({ x: 0, y: 20, width: 100, height: 80 });
    expect(closed.elements.map(({ isClosed, isHidden }) => [isClosed, isHidden])).toEqual([[undefined, undefined], [true, undefined], [undefined, true]]);
    expect(closed.flows[0]?.waypoints).toEqual([{ x: 100, y: 60 }, { x: 200, y: 60 }]);
    expect(read(`${shape('t', 0)}${shape('sub', 200, ' isExpanded="true"')}`)).toMatchObject({ placed: [], elements: [{ id: 't' }, { id: 'sub' }, { id: 'in' }] });
    expect(read(shape('t', 0).replace('x="0"', 'x="1e300"') + shape('sub', 200, ' isExpanded="false"')).placed).toEqual([]);
  });

  it('draws every process of the file, and a global task', () => {
    const { elements } = drawingOf(documentOf(definitionsXml('<bpmn:process id="p"><bpmn:task id="t"/></bpmn:process><bpmn:process id="q"><bpmn:task id="v"/></bpmn:process><bpmn:globalUserTask id="g" name="Ask"/>')));

    expect(elements.map(({ id, processId, type }) => [id, processId, type])).toEqual([['t', 'p', 'task'], ['v', 'q', 'task'], ['g', 'g', 'userTask']]);
  });
});
