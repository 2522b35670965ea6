import { useMemo } from 'react';
import type { Problem } from '../../graphql/problem.ts';
import type { DraftEditing } from '../edit/use-draft-editing.ts';
import type { RuleSetDetail } from '../model.ts';
import { useRuleSetDocument } from '../use-rule-set-document.ts';
import { withHeldSignatures } from './held-signatures.ts';
import { tryDocument, type Tried } from './run-document.ts';

/** What cases can be run against. */
export type TriedSide = 'draft' | 'review' | 'inEffect';

/** The documents that are there now; what is being changed first. */
export function triedSides({ draft, review, inEffect }: Pick<RuleSetDetail, 'draft' | 'review' | 'inEffect'>, isDirty: boolean): readonly TriedSide[] {
  const isThere: Readonly<Record<TriedSide, boolean>> = { review: review !== null, draft: review === null && (draft !== null || isDirty), inEffect: inEffect !== null };
  return (['review', 'draft', 'inEffect'] as const).filter((side) => isThere[side]);
}

export interface TriedDocument {
  /** Undefined while it is read. */
  readonly tried: Tried | undefined;
  readonly problem: Problem | undefined;
}

/** The document of a side, compiled; the draft with what is unsaved on this page, as a save would leave it. */
export function useTriedDocument({ key, inEffect, review }: RuleSetDetail, side: TriedSide | undefined, editing: DraftEditing): TriedDocument {
  const lasting = useRuleSetDocument(key, side === 'inEffect' && inEffect !== null ? { version: inEffect.version } : side === 'review' && review !== null ? { reviewId: review.id } : undefined);
  const { edits } = editing;
  const draft = useMemo(() => (edits === undefined ? undefined : withHeldSignatures(edits.document, edits.base.document)), [edits]);
  const document = side === 'draft' ? (draft ?? editing.document ?? editing.loaded) : lasting.document;
  const tried = useMemo(() => (document === undefined || document === null ? undefined : tryDocument(document)), [document]);
  return { tried, problem: tried !== undefined ? undefined : side === 'draft' ? editing.problem : lasting.problem };
}
