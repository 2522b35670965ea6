import { forgetDraft, readDraft, saveDraft, type DraftStore } from '../../tasks/drafts.ts';
import type { CaseDraft } from './case-draft.ts';

const placeOf = (key: string, caseId: string): string => `rules.${key}.case.${caseId}`;

/** Keeps a case that is being written on this device, for this person, for 24 hours. */
export function keepCase(store: DraftStore, personId: string, key: string, draft: CaseDraft, nowMs: number): void {
  saveDraft(store, personId, placeOf(key, draft.id ?? 'new'), { savedAtMs: nowMs, data: { draft } });
}

/** What the person was writing about the case, if anything; its revision says whether somebody has changed the case since. */
export function readKeptCase(store: DraftStore, personId: string, key: string, base: Pick<CaseDraft, 'id'>, nowMs: number): CaseDraft | undefined {
  const draft = readDraft(store, personId, placeOf(key, base.id ?? 'new'), nowMs)?.data['draft'];
  // Written by keepCase alone; the device's owner may have changed it, and is then shown what they wrote.
  return typeof draft === 'object' && draft !== null && 'entries' in draft && 'expected' in draft && 'agesMs' in draft && 'facts' in draft ? (draft as CaseDraft) : undefined;
}

/** Forgets it, once it is saved or thrown away. */
export function forgetCase(store: DraftStore, personId: string, key: string, caseId: string | undefined): void {
  forgetDraft(store, personId, placeOf(key, caseId ?? 'new'));
}
