import { defaultBpmnLimits } from './limits.ts';
import { parseBpmnXml } from './parse-bpmn-xml.ts';
import { fieldsXml, processXml } from './testing/bpmn-text.ts';
import { toProcessDefinition } from './to-process-definition.ts';

/** As many flow elements and XML elements as are read at all. */
const tasks = defaultBpmnLimits.maximumFlowElements / 2 - 1;
const padding = (defaultBpmnLimits.maximumElements - tasks * 6 - 10) / tasks;
const chain = Array.from({ length: tasks }, (_, index) => {
  const documentation = '<bpmn:documentation>What there is to know</bpmn:documentation>'.repeat(padding);
  const flow = index === 0 ? '' : `<bpmn:sequenceFlow id="f${index}" sourceRef="t${index - 1}" targetRef="t${index}"/>`;
  return `<bpmn:serviceTask id="t${index}" name="Task ${index}">${documentation}${fieldsXml({ activity: 'test.act' })}</bpmn:serviceTask>${flow}`;
}).join('');

describe('a file at all limits', () => {
  it('is read and made a definition', () => {
    const { document, findings } = parseBpmnXml(Buffer.from(processXml(chain)));
    if (!document) throw new Error(`Expected a document, but ${findings[0]?.message}`);

    expect(toProcessDefinition(document, 'p').definition?.flowElements).toHaveLength(tasks);
  });

  it('is refused when it is malformed at its very end', () => {
    const { document, findings } = parseBpmnXml(Buffer.from(processXml(`${chain}</bpmn:process><oops`)));

    expect(document).toBeUndefined();
    expect(findings).toEqual([expect.objectContaining({ code: 'XML_MALFORMED' })]);
  });
});
