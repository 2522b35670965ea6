import type { RuleSetDocument } from '#rules';
import { forgetDraft, readDraft, saveDraft, type DraftStore } from '../../tasks/drafts.ts';
import { asRuleSetDocument } from './editable-document.ts';

/** What somebody is writing and has not saved, with what it started from. */
export interface Edits {
  readonly base: { readonly revision: number; readonly document: RuleSetDocument };
  readonly document: RuleSetDocument;
}

export interface KeptEdits extends Edits {
  readonly keptAtMs: number;
}

const placeOf = (key: string): string => `rules.${key}`;

/** Keeps unsaved edits on this device, for this person and rule set, for 24 hours: a session may end meanwhile. */
export function keepEdits(store: DraftStore, personId: string, key: string, { base, document }: Edits, nowMs: number): void {
  saveDraft(store, personId, placeOf(key), { savedAtMs: nowMs, data: { base, document } });
}

/** The person's own unsaved edits, if there are any that can still be read. */
export function readKeptEdits(store: DraftStore, personId: string, key: string, nowMs: number): KeptEdits | undefined {
  const kept = readDraft(store, personId, placeOf(key), nowMs);
  const base = kept?.data['base'] as { readonly revision?: unknown; readonly document?: unknown } | undefined;
  const document = asRuleSetDocument(kept?.data['document']);
  const before = asRuleSetDocument(base?.document);
  if (kept === undefined || document === undefined || before === undefined || typeof base?.revision !== 'number') return undefined;
  return { keptAtMs: kept.savedAtMs, base: { revision: base.revision, document: before }, document };
}

/** Forgets them, once they are saved or thrown away. */
export function forgetEdits(store: DraftStore, personId: string, key: string): void {
  forgetDraft(store, personId, placeOf(key));
}
