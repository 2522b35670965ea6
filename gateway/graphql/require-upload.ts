import { maximumUploadBytes, recogniseText, refusalOf, type Purpose } from '../uploads/index.ts';
import { ValidationError } from './expected-errors.ts';

/** Throws ValidationError with what the file looks like and what to do, unless it is of the kind that the operation takes. Its name is not asked. */
export async function requireUpload(text: string, purpose: Purpose, place: string): Promise<void> {
  const bytes = Buffer.byteLength(text);
  if (bytes > maximumUploadBytes) throw new ValidationError({ code: 'FILE_TOO_LARGE', place, detail: `Expected at most ${maximumUploadBytes} bytes, but there are ${bytes}` });
  const refusal = refusalOf(await recogniseText(text), purpose);
  if (refusal) throw new ValidationError({ code: refusal.code, place, checkMessage: refusal.message });
}
