import { readFileSync } from 'node:fs';
import { recogniseBytes, refusalOf, type Content, type Purpose } from '../../gateway/uploads/index.ts';
import { UsageError } from './process-folder.ts';

/** Reads a file and recognises it by its content. Throws UsageError when it cannot be read. */
export async function readContent(file: string): Promise<Content & { readonly bytes: Uint8Array }> {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new UsageError(`Expected a readable file, but ${file} cannot be read (${error instanceof Error && 'code' in error ? String(error.code) : 'unknown'})`);
  }
  return { ...(await recogniseBytes(bytes)), bytes };
}

/** The text of a file of the kind that is wanted. Throws UsageError with what it looks like when it is of another. */
export function requireKind(content: Content, purpose: Purpose, file: string): string {
  const refusal = refusalOf(content, purpose);
  if (refusal || content.text === undefined) throw new UsageError(`${file}: ${refusal?.message.en ?? 'Expected text, but it is none'}`);
  return content.text;
}
