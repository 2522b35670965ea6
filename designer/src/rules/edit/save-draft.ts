import type { Client } from 'urql';
import { readCommandResult, type CommandResult } from '../../graphql/command.ts';
import { problemOf } from '../../graphql/problem.ts';
import { saveDraftDocument } from '../commands.ts';
import type { RuleFinding, RuleSetDifference } from '../model.ts';
import type { Person } from '../person.ts';

/** What the other person saved meanwhile; without a draft it was discarded or published. */
export interface SaveConflict {
  /** To be expected by the next save. */
  readonly revision: number;
  readonly draft: { readonly savedAt: string; readonly savedBy: Person; readonly document: unknown } | null;
  /** What they changed since the revision that I knew. */
  readonly difference: RuleSetDifference | null;
}

export interface SavedDraft {
  readonly revision: number;
  readonly document: unknown;
  /** Rules whose signature was taken out, because they no longer say what was signed. */
  readonly droppedSignatures: readonly string[];
}

/** How a save ended. A conflict is no error: nothing was overwritten, and what I wrote is still mine. */
export type SaveResult =
  | { readonly kind: 'saved'; readonly saved: SavedDraft }
  | { readonly kind: 'conflict'; readonly conflict: SaveConflict }
  | { readonly kind: 'failed'; readonly result: Exclude<CommandResult<unknown>, { kind: 'accepted' }>; readonly findings: readonly RuleFinding[] };

interface Answer {
  readonly __typename: string;
  readonly code?: string;
  readonly revision?: number | null;
  readonly draft?: (SaveConflict['draft'] & { readonly revision?: number }) | null;
  readonly draftDifference?: RuleSetDifference | null;
  readonly droppedSignatures?: readonly string[];
  readonly ruleFindings?: readonly RuleFinding[];
}

/** Reads the answer to a save. */
export function readSaveAnswer(answer: unknown): SaveResult {
  const result = readCommandResult<Answer>(answer);
  if (result.kind === 'problem') return { kind: 'failed', result, findings: [] };
  // A problem excluded, it is an object of the gateway's union, in the selection of the document.
  const given = answer as Answer;
  if (result.kind === 'refused') {
    if (given.code === 'DRAFT_CHANGED' && typeof given.revision === 'number') return { kind: 'conflict', conflict: { revision: given.revision, draft: given.draft ?? null, difference: given.draftDifference ?? null } };
    return { kind: 'failed', result, findings: given.ruleFindings ?? [] };
  }
  if (given.draft?.revision === undefined) return { kind: 'failed', result: { kind: 'problem', problem: { kind: 'unexpected', code: 'DRAFT_GONE' } }, findings: [] };
  return { kind: 'saved', saved: { revision: given.draft.revision, document: given.draft.document, droppedSignatures: given.droppedSignatures ?? [] } };
}

/** Saves a draft. */
export async function saveRuleSetDraft(client: Client, input: { readonly key: string; readonly document: unknown; readonly expectedRevision: number; readonly idempotencyKey: string }): Promise<SaveResult> {
  const result = await client.mutation(saveDraftDocument, { input }).toPromise();
  if (result.error !== undefined) return { kind: 'failed', result: { kind: 'problem', problem: problemOf(result.error) }, findings: [] };
  return readSaveAnswer(result.data?.['saveRuleSetDraft']);
}
