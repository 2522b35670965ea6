import { fromProcessDefinition, parseBpmnXml, toProcessDefinition, writeBpmnXml } from '#bpmn';
import { simulate } from '#engine';
import { readFile, traceOf } from './language/language-case.ts';
import { boundary, file, gateway, node, setting, signal, subProcess, throwing, timer, waiting, xml } from './language/model.ts';
import { workedElements } from '../support/worked-elements.ts';

/** A model with something of each kind that tools write differently. */
const plain = file({
  flows: 'start -> inc -> g; g -> a -> s if n > 0; g -> b -> end default; s -> end; late -> c',
  nodes: [
    setting('inc', 'n', 'n + 1'), gateway('exclusive', 'g'), boundary('late', 's', timer('PT5S'), false),
    subProcess('s', { flows: 'start1 -> h; h -> out -> d; h -> t', nodes: [gateway('parallel', 'h'), throwing('out', signal('S')), node('intermediateCatchEvent', 't', {}, timer('PT10S'))] }),
  ],
}, { variables: { n: 0 } });
const trace = 'inc a d c';

/** What other tools write, made out of the plain file. */
const dialects: Readonly<Record<string, (source: string) => string>> = {
  'as it is': (source) => source,
  'another prefix': (source) => source.replaceAll('bpmn:', 'semantic:').replace('xmlns:bpmn=', 'xmlns:semantic='),
  'the default namespace': (source) => source.replaceAll('<bpmn:', '<').replaceAll('</bpmn:', '</').replaceAll('"bpmn:t', '"t').replace('xmlns:bpmn=', 'xmlns='),
  'expressions without a type': (source) => source.replaceAll(' xsi:type="bpmn:tFormalExpression"', ''),
  'expressions that name FEEL': (source) => source.replaceAll('<bpmn:conditionExpression ', '<bpmn:conditionExpression language="https://www.omg.org/spec/DMN/20191111/FEEL/" '),
  'a file that names FEEL': (source) => source.replace(' targetNamespace', ' expressionLanguage="http://www.omg.org/spec/FEEL/20140401" typeLanguage="http://www.w3.org/2001/XMLSchema" targetNamespace'),
  'scripts that name FEEL': (source) => source.replaceAll('<bpmn:scriptTask ', '<bpmn:scriptTask scriptFormat="feel" '),
  'an equals sign before FEEL': (source) => source.replace('>n > 0<', '>=n > 0<').replaceAll('<bpmn:script>', '<bpmn:script>= '),
  'expressions in CDATA, with line breaks': (source) => source.replace('>n > 0<', '>\r\n  <![CDATA[n > 0]]>\r\n<'),
  'flows without an id': (source) => source.replace(/(<bpmn:sequenceFlow) id="(?!g_b)[^"]*"/g, '$1'),
  'flows in the order of incoming and outgoing': (source) => source.replace('<bpmn:exclusiveGateway id="g" default="g_b">', '<bpmn:exclusiveGateway id="g" default="g_b"><bpmn:incoming>\n inc_g </bpmn:incoming><bpmn:outgoing> g_b</bpmn:outgoing><bpmn:outgoing>g_a\n</bpmn:outgoing>'),
  'no word whether it is executable': (source) => source.replace(' isExecutable="true"', ''),
  'not meant to be executed': (source) => source.replace('isExecutable="true"', 'isExecutable="false" processType="Private" isClosed="false"'),
  'booleans as numbers': (source) => source.replace('isExecutable="true"', 'isExecutable="1"').replace('cancelActivity="false"', 'cancelActivity="0"'),
  'attributes and elements of Camunda and Activiti': (source) => source
    .replace(' targetNamespace', ' xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:activiti="http://activiti.org/bpmn" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" exporter="Camunda Modeler" exporterVersion="5" targetNamespace')
    .replace('<bpmn:process ', '<bpmn:process camunda:historyTimeToLive="180" activiti:candidateStarterGroups="x" ')
    .replace('<bpmn:scriptTask id="a"', '<bpmn:scriptTask camunda:asyncBefore="true" activiti:exclusive="false" id="a"')
    .replace('<bpmn:exclusiveGateway id="g" default="g_b">', '<bpmn:exclusiveGateway id="g" default="g_b"><bpmn:extensionElements><camunda:executionListener event="start"><camunda:script scriptFormat="groovy">x</camunda:script></camunda:executionListener><zeebe:ioMapping/></bpmn:extensionElements>'),
  'empty names, empty extensions and documentation': (source) => source.replaceAll('<bpmn:sequenceFlow ', '<bpmn:sequenceFlow name="" ').replace('<bpmn:parallelGateway id="h">', '<bpmn:parallelGateway id="h" name="a &amp; b&#xD;&#xA;" gatewayDirection="Diverging"><bpmn:documentation textFormat="text/plain">why</bpmn:documentation><bpmn:extensionElements/>'),
  'pools, message flows, lanes and notes': (source) => source
    .replace('<bpmn:process ', '<bpmn:collaboration id="c1"><bpmn:participant id="p1" name="Ward" processRef="P"/><bpmn:participant id="p2" name="Laboratory"/><bpmn:messageFlow id="m1" sourceRef="p2" targetRef="a"/></bpmn:collaboration><bpmn:process ')
    .replace('<bpmn:startEvent id="start">', '<bpmn:laneSet id="ls"><bpmn:lane id="l1"><bpmn:flowNodeRef> a </bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet><bpmn:textAnnotation id="n1"><bpmn:text>note</bpmn:text></bpmn:textAnnotation><bpmn:association id="n2" sourceRef="a" targetRef="n1"/><bpmn:startEvent id="start">'),
  'references with a prefix': (source) => source.replace(' targetNamespace', ' xmlns:tns="urn:test" targetNamespace').replace('signalRef="S"', 'signalRef="tns:S"').replace('attachedToRef="s"', 'attachedToRef="tns:s"').replace('sourceRef="start" targetRef="inc"', 'sourceRef="tns:start" targetRef="tns:inc"'),
  'another process beside it': (source) => source.replace('</bpmn:definitions>', '<bpmn:process id="Q"><bpmn:userTask id="q1"/></bpmn:process></bpmn:definitions>'),
  'a byte order mark and comments': (source) => `\ufeff${source.replace('<bpmn:process ', '<!-- made by hand --><bpmn:process ')}`,
};

describe('files of other tools', () => {
  it.each(Object.entries(dialects))('%s', (what, dialect) => {
    const source = dialect(plain);
    if (what !== 'as it is') expect(source).not.toBe(plain);

    const { definitions, findings } = readFile(source, ['n']);

    const [definition] = definitions;
    expect(findings.filter(({ severity, elementId }) => severity === 'error' && elementId !== 'q1')).toEqual([]);
    if (!definition) throw new Error('Expected a definition, but there is none');
    const played = simulate(definition, { format: 'careloop-script/1', steps: [{ start: { variables: { n: 0 } } }, { advance: 'PT1M' }] });
    expect(traceOf({ title: what, flows: '', trace }, definitions, [workedElements(played.log)])).toBe(trace);
    expect(played.status).toBe('completed');
  });

  // An export says that the process can be executed, whatever the file said.
  it.each(Object.entries(dialects).filter(([what]) => what !== 'no word whether it is executable'))('%s: goes out as it came in', (_what, dialect) => {
    const { document } = parseBpmnXml(Buffer.from(dialect(plain)));
    const { definition } = document ? toProcessDefinition(document, 'P') : {};
    if (!document || !definition) throw new Error('Expected a definition, but there is none');

    const again = parseBpmnXml(writeBpmnXml(fromProcessDefinition(definition, document)));

    expect(again.document?.definitions).toEqual(document.definitions);
  });

  it.each([
    ['a condition in Java', plain.replace('<bpmn:conditionExpression ', '<bpmn:conditionExpression language="java" '), 'EXPRESSION_LANGUAGE_UNKNOWN'],
    ['a condition in JUEL', plain.replace('>n > 0<', '>${n > 0}<'), 'EXPRESSION_UNPARSABLE'],
    ['a file whose expressions are XPath', plain.replace(' targetNamespace', ' expressionLanguage="http://www.w3.org/1999/XPath" targetNamespace'), 'EXPRESSION_LANGUAGE_UNKNOWN'],
    ['a script in Groovy', plain.replace('<bpmn:scriptTask id="a"', '<bpmn:scriptTask scriptFormat="groovy" id="a"'), 'EXPRESSION_LANGUAGE_UNKNOWN'],
    ['a service task of another engine', file({ flows: 'start -> w -> end', nodes: [node('serviceTask', 'w', { implementation: '##WebService' })] }), 'ACTIVITY_MISSING'],
    ['a user task of another engine', file({ flows: 'start -> w -> end', nodes: [{ ...waiting('w'), children: [] }] }), 'FORM_MISSING'],
    ['a timer in cron', file({ flows: 'start -> t -> end', nodes: [node('intermediateCatchEvent', 't', {}, xml('timerEventDefinition', {}, xml('timeCycle', {}, '0 0/5 * * * ?')))] }), 'EXPRESSION_UNPARSABLE'],
    ['a task without an id', plain.replace('<bpmn:scriptTask id="a"', '<bpmn:scriptTask'), 'ID_MISSING'],
    ['a choreography', plain.replace('<bpmn:startEvent id="start">', '<bpmn:choreographyTask id="x"/><bpmn:startEvent id="start">'), 'ELEMENT_NOT_EXECUTABLE'],
  ])('refuses %s, and says where', (_what, source, code) => {
    const { findings } = readFile(source, ['n']);

    const found = findings.find((finding) => finding.code === code);
    expect(findings.map((finding) => finding.code)).toContain(code);
    expect(found).toMatchObject({ severity: 'error', elementId: expect.any(String) as string });
    expect(found?.message).toMatch(/^Expected /);
  });
});
