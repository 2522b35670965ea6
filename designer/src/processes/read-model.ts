import { readUpload, type UploadFailure } from '../app/read-upload.ts';
import type { ModelInput } from './documents.ts';

export type ReadModel = { readonly ok: true; readonly input: ModelInput } | { readonly ok: false; readonly failure: UploadFailure };

/** Reads a file that somebody chose as a model: BPMN, or a definition in JSON. */
export async function readModel(file: Pick<File, 'size' | 'arrayBuffer'>): Promise<ReadModel> {
  const read = await readUpload(file, 'process');
  if (!read.ok) return read;
  if (read.kind !== 'process' && read.kind !== 'json') return { ok: true, input: { bpmnXml: read.text } };
  try {
    return { ok: true, input: { definition: JSON.parse(read.text) as unknown } };
  } catch {
    return { ok: false, failure: 'notJson' };
  }
}
