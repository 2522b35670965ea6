import { readFileSync } from 'node:fs';
import type { ParsedBpmn } from '#bpmn';
import { UsageError } from './process-folder.ts';

/** Reads and parses a BPMN file. Throws UsageError when it cannot be read. */
export async function readBpmn(file: string): Promise<ParsedBpmn & { readonly bytes: Uint8Array }> {
  const { parseBpmnXml } = await import('#bpmn');
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new UsageError(`Expected a readable BPMN file, but ${file} cannot be read (${error instanceof Error && 'code' in error ? String(error.code) : 'unknown'})`);
  }
  return { ...parseBpmnXml(bytes), bytes };
}
