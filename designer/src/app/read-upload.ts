import type { Content, Purpose, UploadRefusal } from '../../../gateway/uploads/index.ts';

/** A file that was chosen, as text; or why it is not sent. */
export type ReadUpload = { readonly ok: true; readonly kind: Content['kind']; readonly text: string } | { readonly ok: false; readonly failure: UploadFailure };

/** `unreadable`: the file could not be opened. `notJson`: it begins like JSON and is none. Otherwise the gateway's own words for its content. */
export type UploadFailure = 'unreadable' | 'notJson' | UploadRefusal;

/** Reads a file that somebody chose. What it is, its content says: its name and the type that the browser gives it are not asked. */
export async function readUpload(file: Pick<File, 'size' | 'arrayBuffer'>, purpose: Purpose): Promise<ReadUpload> {
  // With the marks of some hundred formats: fetched when the first file is chosen.
  const { maximumUploadBytes, recogniseBytes, refusalOf, tooLarge } = await import('../../../gateway/uploads/index.ts');
  if (file.size > maximumUploadBytes) return { ok: false, failure: tooLarge(file.size) };
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    return { ok: false, failure: 'unreadable' };
  }
  const content = await recogniseBytes(bytes);
  const failure = refusalOf(content, purpose);
  if (failure || content.text === undefined) return { ok: false, failure: failure ?? 'unreadable' };
  // Another encoding may have been shorter.
  const size = new TextEncoder().encode(content.text).length;
  return size > maximumUploadBytes ? { ok: false, failure: tooLarge(size) } : { ok: true, kind: content.kind, text: content.text };
}
