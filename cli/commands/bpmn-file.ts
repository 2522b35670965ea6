import type { ParsedBpmn } from '#bpmn';
import { readContent, requireKind } from './model-file.ts';

/** Reads and parses a BPMN file. Throws UsageError when it cannot be read, or is of another kind. */
export async function readBpmn(file: string): Promise<ParsedBpmn & { readonly bytes: Uint8Array }> {
  const { parseBpmnXml } = await import('#bpmn');
  const content = await readContent(file);
  return { ...parseBpmnXml(requireKind(content, 'bpmn', file)), bytes: content.bytes };
}
