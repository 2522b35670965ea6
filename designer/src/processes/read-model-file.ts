import type { ModelInput } from './documents.ts';

/** The gateway takes no more, bytes of UTF-8. */
export const maximumFileBytes = 5_000_000;

/** Why a file was not sent. */
export type FileTrouble = 'tooLarge' | 'encoding' | 'notJson' | 'unreadable';

export type ReadFile = { readonly ok: true; readonly input: ModelInput } | { readonly ok: false; readonly trouble: FileTrouble };

/** Reads a file that somebody chose, by its own encoding. JSON, by its name, is a definition. */
export async function readModelFile(file: Pick<File, 'name' | 'size' | 'arrayBuffer'>): Promise<ReadFile> {
  if (file.size > maximumFileBytes) return { ok: false, trouble: 'tooLarge' };
  let text: string | undefined;
  try {
    text = decodeText(new Uint8Array(await file.arrayBuffer()));
  } catch {
    return { ok: false, trouble: 'unreadable' };
  }
  if (text === undefined) return { ok: false, trouble: 'encoding' };
  // Another encoding may have been shorter.
  if (new TextEncoder().encode(text).length > maximumFileBytes) return { ok: false, trouble: 'tooLarge' };
  if (!/\.json$/i.test(file.name)) return { ok: true, input: { bpmnXml: text } };
  try {
    return { ok: true, input: { definition: JSON.parse(text) as unknown } };
  } catch {
    return { ok: false, trouble: 'notJson' };
  }
}

const declaration = /^<\?xml[^>]*?\bencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']/;

/** Decodes by byte order mark, then by declaration, then as UTF-8; undefined where bytes are none of it. XML 1.0 §4.3.3, appendix F. */
export function decodeText(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  const isWide = (first === 0xff && second === 0xfe) || (first === 0x3c && second === 0x00) ? 'utf-16le' : (first === 0xfe && second === 0xff) || (first === 0x00 && second === 0x3c) ? 'utf-16be' : undefined;
  const encoding = isWide ?? declaration.exec(String.fromCharCode(...bytes.subarray(0, 200)))?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
