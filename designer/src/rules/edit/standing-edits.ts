import type { Edits } from './kept-edits.ts';

/** What was read of the draft; a new object for each reading. */
export interface DraftReading {
  readonly draft: { readonly revision: number } | null;
}

/** True while something on the screen was never saved. */
export function isDirty(edits: Edits | undefined): boolean {
  return edits !== undefined && edits.document !== edits.base.document;
}

/**
 * What was written here, as long as it counts before what was read: unsaved edits always do; saved ones until a reading after the save
 * (`readBefore` is the one before it) shows that somebody saved a later revision, discarded the draft or published it.
 */
export function standingEdits<Reading extends DraftReading>(written: Edits | undefined, read: Reading | null | undefined, readBefore: Reading | null | undefined): Edits | undefined {
  if (written === undefined || isDirty(written) || read === readBefore) return written;
  return read?.draft != null && written.base.revision >= read.draft.revision ? written : undefined;
}
