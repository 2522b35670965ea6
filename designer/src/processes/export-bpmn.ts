import type { ProcessDefinition } from '#engine';

/** A published definition as BPMN 2.0 XML (docs/bpmn-interchange.md). What writes BPMN is a chunk of its own, read when it is wanted. Fails when that cannot be had. */
export async function bpmnOf(document: unknown): Promise<string> {
  const { fromProcessDefinition, writeBpmnXml } = await import('#bpmn');
  // The gateway publishes only what it has read as a definition.
  return writeBpmnXml(fromProcessDefinition(document as ProcessDefinition));
}
