import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { fromProcessDefinition } from './from-process-definition.ts';
import { defaultBpmnLimits } from './limits.ts';
import { parseBpmnXml, parseBpmnXmlInSlices } from './parse-bpmn-xml.ts';
import { definitionsXml, documentOf, fieldsXml, processXml } from './testing/bpmn-text.ts';
import { toProcessDefinition, toProcessDefinitionInSlices } from './to-process-definition.ts';

/** As many flow elements and XML elements as are read at all. */
const tasks = defaultBpmnLimits.maximumFlowElements / 2 - 1;
const padding = (defaultBpmnLimits.maximumElements - tasks * 6 - 10) / tasks;
const chain = Array.from({ length: tasks }, (_, index) => {
  const documentation = '<bpmn:documentation>What there is to know</bpmn:documentation>'.repeat(padding);
  const flow = index === 0 ? '' : `<bpmn:sequenceFlow id="f${index}" sourceRef="t${index - 1}" targetRef="t${index}"/>`;
  return `<bpmn:serviceTask id="t${index}" name="Task ${index}">${documentation}${fieldsXml({ activity: 'test.act' })}</bpmn:serviceTask>${flow}`;
}).join('');
const whole = Buffer.from(processXml(chain));
const malformed = Buffer.from(processXml(`${chain}</bpmn:process><oops`));

/** How long nothing else ran while the work was done, at the worst; the best of three times, since a busy machine adds to each. */
async function longestBlockMs(work: (pause: () => Promise<void>) => Promise<unknown>): Promise<number> {
  return Math.min(await longestOf(work), await longestOf(work), await longestOf(work));
}

async function longestOf(work: (pause: () => Promise<void>) => Promise<unknown>): Promise<number> {
  let longest = 0;
  let since = performance.now();
  const end = (): void => {
    longest = Math.max(longest, performance.now() - since);
  };
  await work(async () => {
    end();
    await setImmediate();
    since = performance.now();
  });
  end();
  return longest;
}

describe('a file at all limits, in slices,', () => {
  it('is read as at once, whether whole or malformed at its very end', async () => {
    expect(await parseBpmnXmlInSlices(whole, setImmediate)).toEqual(parseBpmnXml(whole));
    expect((await parseBpmnXmlInSlices(malformed, setImmediate)).findings).toEqual([expect.objectContaining({ code: 'XML_MALFORMED' })]);
    expect(parseBpmnXml(malformed).findings).toEqual((await parseBpmnXmlInSlices(malformed, setImmediate)).findings);
  });

  it('is made a definition as at once', async () => {
    const { document, findings } = parseBpmnXml(whole);
    if (!document) throw new Error(`Expected a document, but ${findings[0]?.message}`);

    const form = await toProcessDefinitionInSlices(document, 'p', setImmediate);

    expect(form.definition?.flowElements).toHaveLength(tasks);
    expect(form).toEqual(toProcessDefinition(document, 'p'));
  });

  it('keeps nothing else from running for 200 ms', async () => {
    const { document } = parseBpmnXml(whole);

    expect(await longestBlockMs((pause) => parseBpmnXmlInSlices(malformed, pause))).toBeLessThan(200);
    expect(await longestBlockMs((pause) => parseBpmnXmlInSlices(whole, pause))).toBeLessThan(200);
    expect(await longestBlockMs(async (pause) => document && toProcessDefinitionInSlices(document, 'p', pause))).toBeLessThan(200);
  });
});

it('leaves a global task as it is when its executable form has not changed', () => {
  const document = documentOf(definitionsXml('<bpmn:globalTask id="task" name="Task"/>'));
  const { definition } = toProcessDefinition(document, 'task');
  if (!definition) throw new Error('Expected a definition');

  expect(fromProcessDefinition(definition, document)).toEqual(document);
});
