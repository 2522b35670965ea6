import { useEffect, useMemo, useState } from 'react';
import { useClient, useQuery } from 'urql';
import type { RuleSetDocument } from '#rules';
import { Intention } from '../../graphql/intention.ts';
import type { CommandResult } from '../../graphql/command.ts';
import { problemOf, type Problem } from '../../graphql/problem.ts';
import { useViewer } from '../../session/viewer.tsx';
import { sealedDrafts } from '../../tasks/sealed-drafts.ts';
import { editedDocument } from '../documents.ts';
import type { RuleFinding, RuleSetDetail } from '../model.ts';
import { sameJson } from '../same-json.ts';
import { asRuleSetDocument } from './editable-document.ts';
import { forgetEdits, keepEdits, readKeptEdits, type Edits, type KeptEdits } from './kept-edits.ts';
import { mergeRuleSets } from './merge-rule-sets.ts';
import { saveRuleSetDraft, type SaveConflict } from './save-draft.ts';
import { isDirty, standingEdits } from './standing-edits.ts';

/** How long after the last edit the unsaved ones are kept on the device. */
const keepAfterMs = 2_000;

/** What became of the last save. */
export type Saving =
  | { readonly kind: 'idle' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'saved'; readonly atMs: number; readonly droppedSignatures: readonly string[] }
  | { readonly kind: 'failed'; readonly result: Exclude<CommandResult<unknown>, { kind: 'accepted' }>; readonly findings: readonly RuleFinding[] };

/** A conflict with the documents that it is about; `theirs` is the version in effect when their draft is gone. */
export interface OpenConflict extends SaveConflict {
  readonly theirs: RuleSetDocument;
}

/** Editing a rule set's draft: what is on the screen, what is unsaved, saving, and what another person saved meanwhile. */
export interface DraftEditing {
  /** What the table shows; undefined while it is read, or when it is not in a table's form. */
  readonly document: RuleSetDocument | undefined;
  /** What was read, in any form; undefined while it is read. */
  readonly loaded: unknown;
  readonly problem: Problem | undefined;
  readonly edits: Edits | undefined;
  readonly isDirty: boolean;
  /** To be given as `expectedRevision` by whatever acts on the draft. */
  readonly revision: number;
  readonly saving: Saving;
  readonly conflict: OpenConflict | undefined;
  readonly kept: KeptEdits | undefined;
  readonly change: (document: RuleSetDocument) => void;
  /** True when the draft on the gateway is now what the screen shows. */
  readonly save: () => Promise<boolean>;
  readonly takeTheirs: () => void;
  readonly putMineOnTop: () => void;
  readonly closeConflict: () => void;
  readonly continueKept: () => void;
  /** Throws the unsaved edits away. */
  readonly discard: () => void;
  readonly reload: () => void;
}

/** Reads the documents once they are wanted: they may be large, and the other tab does without. */
export function useDraftEditing(ruleSet: RuleSetDetail, isWanted: boolean, onSaved: () => void): DraftEditing {
  const client = useClient();
  const viewer = useViewer();
  const { key } = ruleSet;
  const [written, setEdits] = useState<Edits | undefined>();
  const [result, again] = useQuery({ query: editedDocument, variables: { key }, requestPolicy: 'cache-and-network', pause: !isWanted && written === undefined });
  const read = result.data?.ruleSet;
  const loaded = read == null ? undefined : (read.draft?.document ?? read.inEffect?.document);
  const loadedDocument = useMemo(() => asRuleSetDocument(loaded), [loaded]);
  const [readBefore, setReadBefore] = useState<typeof read>();
  const [saving, setSaving] = useState<Saving>({ kind: 'idle' });
  const [conflict, setConflict] = useState<OpenConflict | undefined>();
  const [kept, setKept] = useState(() => readKeptEdits(sealedDrafts, viewer.id, key, Date.now()));
  const [intention] = useState(() => new Intention());
  const hasUnsaved = isDirty(written);
  const edits = standingEdits(written, read, readBefore);
  const document = edits?.document ?? loadedDocument;
  const revision = edits?.base.revision ?? read?.revision ?? ruleSet.revision;

  useEffect(() => {
    if (!hasUnsaved || edits === undefined) return undefined;
    const timer = setTimeout(() => keepEdits(sealedDrafts, viewer.id, key, edits, Date.now()), keepAfterMs);
    return () => clearTimeout(timer);
  }, [hasUnsaved, edits, viewer.id, key]);

  const forget = (): void => {
    forgetEdits(sealedDrafts, viewer.id, key);
    setKept(undefined);
  };
  const reload = (): void => again({ requestPolicy: 'network-only' });

  async function openConflict(found: SaveConflict): Promise<void> {
    if (found.draft !== null) {
      const theirs = asRuleSetDocument(found.draft.document);
      if (theirs !== undefined) setConflict({ ...found, theirs });
      else setSaving({ kind: 'failed', result: { kind: 'problem', problem: { kind: 'unexpected', code: 'DRAFT_NOT_IN_TABLE_FORM' } }, findings: [] });
      return;
    }
    const newest = await client.query(editedDocument, { key }, { requestPolicy: 'network-only' }).toPromise();
    const theirs = asRuleSetDocument(newest.data?.ruleSet?.draft?.document ?? newest.data?.ruleSet?.inEffect?.document);
    if (newest.error !== undefined) setSaving({ kind: 'failed', result: { kind: 'problem', problem: problemOf(newest.error) }, findings: [] });
    else if (theirs !== undefined) setConflict({ ...found, revision: newest.data?.ruleSet?.revision ?? found.revision, theirs });
  }

  async function save(): Promise<boolean> {
    if (edits === undefined || !hasUnsaved) return true;
    const sent = edits.document;
    const content = { key, document: sent, expectedRevision: edits.base.revision };
    setSaving({ kind: 'saving' });
    const answer = await saveRuleSetDraft(client, { ...content, idempotencyKey: intention.keyFor(content) });
    if (answer.kind === 'failed') {
      if (answer.result.kind === 'refused') intention.answered();
      setSaving(answer);
      return false;
    }
    intention.answered();
    if (answer.kind === 'conflict') {
      setSaving({ kind: 'idle' });
      await openConflict(answer.conflict);
      return false;
    }
    const { saved } = answer;
    // The gateway may have taken signatures out; without that the screen keeps its own document, and with it the undo steps.
    const standing = sameJson(saved.document, sent) ? sent : (asRuleSetDocument(saved.document) ?? sent);
    setReadBefore(read);
    setEdits((current) => ({ base: { revision: saved.revision, document: standing }, document: current === undefined || current.document === sent ? standing : current.document }));
    setSaving({ kind: 'saved', atMs: Date.now(), droppedSignatures: saved.droppedSignatures });
    forget();
    reload();
    onSaved();
    return true;
  }

  return {
    document,
    loaded,
    problem: result.error === undefined ? undefined : problemOf(result.error),
    edits,
    isDirty: hasUnsaved,
    revision,
    saving,
    conflict,
    kept: edits === undefined ? kept : undefined,
    change: (changed) => {
      const base = edits?.base ?? (read == null || loadedDocument === undefined ? undefined : { revision: read.revision, document: loadedDocument });
      if (base !== undefined) setEdits({ base, document: changed });
    },
    save,
    takeTheirs: () => {
      if (conflict === undefined) return;
      setReadBefore(read);
      setEdits({ base: { revision: conflict.revision, document: conflict.theirs }, document: conflict.theirs });
      setConflict(undefined);
      forget();
      reload();
      onSaved();
    },
    putMineOnTop: () => {
      if (conflict === undefined || edits === undefined) return;
      const { document: merged } = mergeRuleSets(edits.base.document, edits.document, conflict.theirs);
      setEdits({ base: { revision: conflict.revision, document: conflict.theirs }, document: merged });
      setConflict(undefined);
      onSaved();
    },
    closeConflict: () => setConflict(undefined),
    continueKept: () => {
      if (kept === undefined) return;
      setEdits({ base: kept.base, document: kept.document });
      setKept(undefined);
    },
    discard: () => {
      setEdits(undefined);
      setSaving({ kind: 'idle' });
      forget();
      reload();
    },
    reload: () => {
      setEdits(undefined);
      reload();
    },
  };
}
