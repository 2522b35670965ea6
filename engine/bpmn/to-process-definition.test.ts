import type { FlowElement, ProcessDefinition } from '../definition/index.ts';
import type { ImportOptions } from './import/import-context.ts';
import { definitionsXml, documentOf, fieldsXml, processXml } from './testing/bpmn-text.ts';
import { processesOf, toProcessDefinition } from './to-process-definition.ts';

function definitionOf(content: string, more = '', options: ImportOptions = {}): ProcessDefinition {
  const { definition, findings } = toProcessDefinition(documentOf(processXml(content, more)), 'p', options);
  if (!definition) throw new Error(`Expected a definition, but ${JSON.stringify(findings)}`);
  return definition;
}

function elementOf(content: string, more = '', options: ImportOptions = {}): FlowElement | undefined {
  return definitionOf(content, more, options).flowElements[0];
}

const findingsOf = (content: string, more = '', options: ImportOptions = {}) => toProcessDefinition(documentOf(processXml(content, more)), 'p', options).findings;

const roots = '<bpmn:message id="M" name="order"/><bpmn:message id="M2"/><bpmn:signal id="S" name="stop"/><bpmn:error id="E" errorCode="E1" name="x"/><bpmn:error id="E2"/><bpmn:escalation id="X" escalationCode="X1"/>';

describe('toProcessDefinition maps an event definition', () => {
  it.each([
    ['messageEventDefinition messageRef="M"', { kind: 'message', message: 'order' }],
    ['messageEventDefinition messageRef="M2"', { kind: 'message', message: 'M2' }],
    ['signalEventDefinition signalRef="S"', { kind: 'signal', signal: 'stop' }],
    ['errorEventDefinition errorRef="E"', { kind: 'error', errorCode: 'E1' }],
    ['errorEventDefinition errorRef="E2"', { kind: 'error', errorCode: 'E2' }],
    ['errorEventDefinition', { kind: 'error' }],
    ['escalationEventDefinition escalationRef="X"', { kind: 'escalation', escalationCode: 'X1' }],
    ['terminateEventDefinition', { kind: 'terminate' }],
    ['cancelEventDefinition', { kind: 'cancel' }],
    ['compensateEventDefinition activityRef="e"', { kind: 'compensation', activityRef: 'e' }],
    ['compensateEventDefinition waitForCompletion="false"', { kind: 'compensation', waitForCompletion: false }],
    ['compensateEventDefinition waitForCompletion="true"', { kind: 'compensation', waitForCompletion: true }],
  ])('%s', (text, event) => {
    expect(elementOf(`<bpmn:endEvent id="e"><bpmn:${text}/></bpmn:endEvent>`, roots)).toEqual({ id: 'e', type: 'endEvent', event });
  });

  it.each([
    ['timeDuration', 'PT5S', 'duration("PT5S")'],
    ['timeDate', '2026-01-01T08:00:00+08:00', 'date and time("2026-01-01T08:00:00+08:00")'],
    ['timeCycle', 'R3/PT1M', '"R3/PT1M"'],
    ['timeDuration', 'duration(x)', 'duration(x)'],
  ])('timerEventDefinition with %s %s', (field, text, feel) => {
    expect(elementOf(`<bpmn:intermediateCatchEvent id="e"><bpmn:timerEventDefinition><bpmn:${field}> ${text} </bpmn:${field}></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>`)).toMatchObject({ event: { kind: 'timer', [field]: feel } });
  });

  it('several at once, shared ones among them', () => {
    const xml = '<bpmn:startEvent id="e" parallelMultiple="true"><bpmn:eventDefinitionRef>shared</bpmn:eventDefinitionRef><bpmn:messageEventDefinition messageRef="M"/></bpmn:startEvent>';

    expect(elementOf(xml, `${roots}<bpmn:signalEventDefinition id="shared" signalRef="S"/>`)).toMatchObject({ event: { kind: 'multiple', parallel: true, events: [{ kind: 'signal' }, { kind: 'message' }] } });
  });

  it('of compensation with the activity that undoes, and not with a note', () => {
    const xml = `<bpmn:boundaryEvent id="b" attachedToRef="t" cancelActivity="false"><bpmn:compensateEventDefinition/></bpmn:boundaryEvent><bpmn:task id="t"/><bpmn:task id="u" isForCompensation="true"/>
      <bpmn:textAnnotation id="n"/><bpmn:association id="a1" sourceRef="b" targetRef="n"/><bpmn:association id="a2" sourceRef="b" targetRef="u"/>`;

    expect(elementOf(xml)).toEqual({ id: 'b', type: 'boundaryEvent', attachedToRef: 't', cancelActivity: false, event: { kind: 'compensation', handler: 'u' } });
  });
});

describe('toProcessDefinition maps', () => {
  it('flows in the order of the outgoing children, other flows in their places', () => {
    const flow = (id: string, source: string, target: string): string => `<bpmn:sequenceFlow id="${id}" sourceRef="${source}" targetRef="${target}"/>`;

    const { sequenceFlows } = definitionOf(`<bpmn:task id="a"><bpmn:outgoing>f3</bpmn:outgoing><bpmn:outgoing>f1</bpmn:outgoing></bpmn:task><bpmn:task id="b"/>${flow('f1', 'a', 'b')}${flow('f2', 'b', 'a')}${flow('f3', 'a', 'b')}${flow('f4', 'a', 'b')}`);

    expect(sequenceFlows.map(({ id }) => id)).toEqual(['f3', 'f2', 'f1', 'f4']);
  });

  it('a multi-instance marker with collections behind data inputs and outputs', () => {
    const xml = `<bpmn:task id="t"><bpmn:ioSpecification><bpmn:dataInput id="in" name="inner"/><bpmn:dataOutput id="out"/><bpmn:inputSet/><bpmn:outputSet/></bpmn:ioSpecification>
      <bpmn:dataInputAssociation><bpmn:sourceRef>list</bpmn:sourceRef><bpmn:targetRef>in</bpmn:targetRef></bpmn:dataInputAssociation>
      <bpmn:dataOutputAssociation><bpmn:sourceRef>out</bpmn:sourceRef><bpmn:targetRef>results</bpmn:targetRef></bpmn:dataOutputAssociation>
      <bpmn:multiInstanceLoopCharacteristics isSequential="true"><bpmn:loopDataInputRef>in</bpmn:loopDataInputRef><bpmn:loopDataOutputRef>out</bpmn:loopDataOutputRef><bpmn:inputDataItem id="i" name="item"/><bpmn:outputDataItem id="o" name="result"/></bpmn:multiInstanceLoopCharacteristics></bpmn:task>
      <bpmn:dataObject id="list" name="patients" isCollection="true"/><bpmn:dataObject id="results"/>`;

    expect(elementOf(xml)).toMatchObject({ multiInstance: { kind: 'multiInstance', sequential: true, collection: 'patients', elementVariable: 'item', outputCollection: 'results', outputElement: 'result' } });
  });

  it('data objects and properties as variables, and data associations as mappings', () => {
    const xml = `<bpmn:property id="pr" name="count" itemSubjectRef="Int"/><bpmn:dataObject id="o1" name="order"/><bpmn:dataObjectReference id="r1" dataObjectRef="o1"/>
      <bpmn:task id="t"><bpmn:ioSpecification><bpmn:dataInput id="in" name="given"/><bpmn:dataOutput id="out" name="made"/><bpmn:inputSet/><bpmn:outputSet/></bpmn:ioSpecification>
      <bpmn:dataInputAssociation><bpmn:sourceRef>r1</bpmn:sourceRef><bpmn:targetRef>in</bpmn:targetRef></bpmn:dataInputAssociation>
      <bpmn:dataOutputAssociation><bpmn:sourceRef>out</bpmn:sourceRef><bpmn:targetRef>pr</bpmn:targetRef><bpmn:assignment><bpmn:from>made + 1</bpmn:from><bpmn:to>count</bpmn:to></bpmn:assignment></bpmn:dataOutputAssociation></bpmn:task>`;

    const { variables, flowElements } = definitionOf(xml, '<bpmn:itemDefinition id="Int" structureRef="xsd:int"/>');

    expect(variables).toEqual([{ name: 'count', type: 'number', classification: 'patient' }, { name: 'order', type: 'object', classification: 'patient' }]);
    expect(flowElements[0]).toMatchObject({ inputs: [{ target: 'given', source: 'order' }], outputs: [{ target: 'count', source: 'made + 1' }] });
  });

  it('the one data output of a script as its result', () => {
    const xml = '<bpmn:scriptTask id="t"><bpmn:ioSpecification><bpmn:dataOutput id="out"/></bpmn:ioSpecification><bpmn:dataOutputAssociation><bpmn:sourceRef>out</bpmn:sourceRef><bpmn:targetRef>d</bpmn:targetRef></bpmn:dataOutputAssociation><bpmn:script>1</bpmn:script></bpmn:scriptTask><bpmn:dataObject id="d"/>';

    expect(elementOf(xml)).toEqual({ id: 't', type: 'scriptTask', script: '1', resultVariable: 'd' });
  });

  it('the payload of a caught message to where its data association leads', () => {
    const xml = '<bpmn:intermediateCatchEvent id="e"><bpmn:dataOutput id="out"/><bpmn:dataOutputAssociation><bpmn:sourceRef>out</bpmn:sourceRef><bpmn:targetRef>d</bpmn:targetRef></bpmn:dataOutputAssociation><bpmn:messageEventDefinition messageRef="M"/></bpmn:intermediateCatchEvent><bpmn:dataObject id="d"/>';

    expect(elementOf(xml, roots)).toMatchObject({ event: { kind: 'message', message: 'order', mappings: [{ target: 'd', source: 'message' }] } });
  });

  it('the lane of a user task to its role, and says so', () => {
    const xml = `<bpmn:laneSet id="ls"><bpmn:lane id="l" name="nurse"><bpmn:flowNodeRef>sub</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet><bpmn:subProcess id="sub"><bpmn:userTask id="u">${fieldsXml({ form: 'f' })}</bpmn:userTask></bpmn:subProcess>`;

    expect(elementOf(xml)).toMatchObject({ flowElements: [{ id: 'u', candidateRoles: ['nurse'] }] });
    expect(findingsOf(xml)).toEqual([expect.objectContaining({ code: 'LANE_AS_ROLE', severity: 'warning', elementId: 'u' })]);
  });

  it('a potential owner to a role', () => {
    expect(elementOf(`<bpmn:userTask id="u">${fieldsXml({ form: 'f' })}<bpmn:potentialOwner><bpmn:resourceRef>R</bpmn:resourceRef></bpmn:potentialOwner></bpmn:userTask>`, '<bpmn:resource id="R" name="doctor"/>')).toMatchObject({ candidateRoles: ['doctor'] });
  });

  it('a global task to a process of one task', () => {
    const document = documentOf(definitionsXml('<bpmn:globalScriptTask id="g" name="G"><bpmn:script>1 + 1</bpmn:script></bpmn:globalScriptTask>'));

    expect(processesOf(document)).toEqual([{ id: 'g', name: 'G', isGlobalTask: true }]);
    expect(toProcessDefinition(document, 'g').definition).toMatchObject({ key: 'g', flowElements: [{ type: 'startEvent' }, { id: 'g_task', type: 'scriptTask', script: '1 + 1' }, { type: 'endEvent' }] });
  });

  it('a name that was changed by another tool in both languages', () => {
    expect(elementOf(`<bpmn:task id="t" name="新">${fieldsXml({ name: { 'zh-CN': '旧', en: 'Old' } })}</bpmn:task>`)).toMatchObject({ name: { 'zh-CN': '新', en: '新' } });
    expect(elementOf(`<bpmn:task id="t" name="旧">${fieldsXml({ name: { 'zh-CN': '旧', en: 'Old' } })}</bpmn:task>`)).toMatchObject({ name: { 'zh-CN': '旧', en: 'Old' } });
  });

  it('expressions through the given translation, with their language', () => {
    const seen: (string | undefined)[][] = [];
    const expression = (text: string, language: string | undefined): string => {
      seen.push([text, language]);
      return 'true';
    };

    const { sequenceFlows } = definitionOf('<bpmn:task id="a"/><bpmn:sequenceFlow id="f" sourceRef="a" targetRef="a"><bpmn:conditionExpression language="groovy">a</bpmn:conditionExpression></bpmn:sequenceFlow>', '', { expression });

    expect(sequenceFlows[0]?.condition).toBe('true');
    expect(seen).toEqual([['a', 'groovy']]);
  });
});

describe('toProcessDefinition says why it cannot', () => {
  it.each([
    ['a condition in another language', '<bpmn:task id="t"/><bpmn:sequenceFlow id="f" sourceRef="t" targetRef="t"><bpmn:conditionExpression language="groovy">a</bpmn:conditionExpression></bpmn:sequenceFlow>', 'EXPRESSION_LANGUAGE_UNKNOWN', 'f'],
    ['a script in another language', '<bpmn:scriptTask id="t" scriptFormat="text/javascript"><bpmn:script>1</bpmn:script></bpmn:scriptTask>', 'EXPRESSION_LANGUAGE_UNKNOWN', 't'],
    ['a script task without script', '<bpmn:scriptTask id="t"/>', 'SCRIPT_MISSING', 't'],
    ['a service task without activity', '<bpmn:serviceTask id="t"/>', 'ACTIVITY_MISSING', 't'],
    ['a business rule task without rule set', `<bpmn:businessRuleTask id="t">${fieldsXml({ resultVariable: 'r' })}</bpmn:businessRuleTask>`, 'RULE_SET_MISSING', 't'],
    ['a user task without form', `<bpmn:userTask id="t">${fieldsXml({ candidateRoles: ['r'] })}</bpmn:userTask>`, 'FORM_MISSING', 't'],
    ['a user task without roles', `<bpmn:userTask id="t">${fieldsXml({ form: 'f' })}</bpmn:userTask>`, 'ROLES_MISSING', 't'],
    ['a call activity that calls nothing', '<bpmn:callActivity id="t"/>', 'CALLED_ELEMENT_MISSING', 't'],
    ['a message event without message', '<bpmn:startEvent id="t"><bpmn:messageEventDefinition/></bpmn:startEvent>', 'MESSAGE_MISSING', 't'],
    ['a signal event without signal', '<bpmn:startEvent id="t"><bpmn:signalEventDefinition/></bpmn:startEvent>', 'SIGNAL_MISSING', 't'],
    ['a timer without time', '<bpmn:startEvent id="t"><bpmn:timerEventDefinition/></bpmn:startEvent>', 'TIMER_INCOMPLETE', 't'],
    ['a conditional event without condition', '<bpmn:startEvent id="t"><bpmn:conditionalEventDefinition/></bpmn:startEvent>', 'CONDITION_MISSING', 't'],
    ['a catch event that catches nothing', '<bpmn:intermediateCatchEvent id="t"/>', 'EVENT_MISSING', 't'],
    ['a definition in the wrong place', '<bpmn:startEvent id="t"><bpmn:terminateEventDefinition/></bpmn:startEvent>', 'EVENT_NOT_EXECUTABLE', 't'],
    ['an element outside the subset', '<bpmn:choreographyTask id="t"/>', 'ELEMENT_NOT_EXECUTABLE', 't'],
    ['an empty sub-process', '<bpmn:subProcess id="t"/>', 'SUB_PROCESS_EMPTY', 't'],
    ['a multi-instance marker without items', '<bpmn:task id="t"><bpmn:multiInstanceLoopCharacteristics/></bpmn:task>', 'COLLECTION_MISSING', 't'],
    ['an element without id', '<bpmn:task/>', 'ID_MISSING', 'p'],
    ['fields that are no JSON', '<bpmn:task id="t"><bpmn:extensionElements><careloop:fields>{</careloop:fields></bpmn:extensionElements></bpmn:task>', 'FIELDS_INVALID', 't'],
    ['a field that does not belong there', `<bpmn:task id="t">${fieldsXml({ form: 'f' })}</bpmn:task>`, 'FIELDS_INVALID', 't'],
    ['a field that nothing knows, deep inside', `<bpmn:task id="t">${fieldsXml({ inputs: [{ target: 'x', source: 'y', more: 1 }] })}</bpmn:task>`, 'FIELDS_INVALID', 't'],
    ['a field of BPMN itself', `<bpmn:task id="t">${fieldsXml({ isForCompensation: true })}</bpmn:task>`, 'FIELDS_INVALID', 't'],
  ])('%s', (_what, content, code, elementId) => {
    const { definition, findings } = toProcessDefinition(documentOf(processXml(content)), 'p');

    expect(definition).toBeUndefined();
    expect(findings).toContainEqual(expect.objectContaining({ code, elementId, severity: 'error', message: expect.stringMatching(/^Expected .*, but /) as string }));
  });

  it('with the language of the file where none is written', () => {
    const document = documentOf(definitionsXml('<bpmn:process id="p"><bpmn:scriptTask id="t"><bpmn:script>1</bpmn:script></bpmn:scriptTask></bpmn:process>', 'expressionLanguage="http://www.w3.org/1999/XPath"'));

    expect(toProcessDefinition(document, 'p').findings).toEqual([expect.objectContaining({ code: 'EXPRESSION_LANGUAGE_UNKNOWN', elementId: 't' })]);
  });

  it('when there is no such process', () => {
    expect(toProcessDefinition(documentOf(processXml('')), 'q').findings).toEqual([expect.objectContaining({ code: 'PROCESS_NOT_FOUND', message: 'Expected process q in the file, but it has p' })]);
  });
});
