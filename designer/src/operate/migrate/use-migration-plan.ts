import { useCallback, useState } from 'react';
import { useQuery } from 'urql';
import { readCommandResult, type Refusal } from '../../graphql/command.ts';
import { problemOf, type Problem } from '../../graphql/problem.ts';
import { migrationPlanDocument, type ElementMappingInput, type MigrationPlan } from './documents.ts';
import { mappingRows, toMapping, type MappingEdits, type MappingRow } from './mapping-rows.ts';

/** A migration as it is composed: the rows, and what the dry run of just these says. */
export interface MigrationDraft {
  readonly rows: readonly MappingRow[];
  /** The newest dry run; of an older mapping while `isChecking`. */
  readonly plan: MigrationPlan | undefined;
  readonly isChecking: boolean;
  readonly refusal: Refusal | undefined;
  readonly problem: Problem | undefined;
  readonly mapping: readonly ElementMappingInput[];
  /** Sends a row elsewhere, or nowhere, and checks again. */
  readonly edit: (elementId: string, targetElementId: string | null) => void;
  readonly reset: () => void;
  readonly again: () => void;
}

/** Proposes a mapping into the version `targetHash` and checks it again, without changing anything, after every edit. */
export function useMigrationPlan(instanceId: string, targetHash: string): MigrationDraft {
  const [edits, setEdits] = useState<MappingEdits>(new Map());
  const [proposed, setProposed] = useState<MigrationPlan | undefined>();
  const mapping = proposed === undefined || edits.size === 0 ? null : toMapping(mappingRows(proposed.mapping, edits, []));
  const [result, again] = useQuery({ query: migrationPlanDocument, variables: { instanceId, targetHash, mapping }, requestPolicy: 'network-only' });
  const answer = result.data === undefined ? undefined : readCommandResult<MigrationPlan>(result.data.migrationPlan);
  const plan = answer?.kind === 'accepted' ? answer.payload : undefined;
  if (proposed === undefined && plan !== undefined) setProposed(plan);
  // What was proposed stays; where the case stands is as the newest dry run found it.
  const active = new Set((plan ?? proposed)?.mapping.flatMap(({ elementId, isActive }) => (isActive ? [elementId] : [])));
  const rows = mappingRows(proposed?.mapping.map((entry) => ({ ...entry, isActive: active.has(entry.elementId) })) ?? [], edits, plan?.findings ?? []);
  return {
    rows,
    plan,
    isChecking: result.fetching || result.stale,
    refusal: answer?.kind === 'refused' ? answer.refusal : undefined,
    problem: result.error === undefined ? undefined : problemOf(result.error),
    mapping: toMapping(rows),
    edit: (elementId, targetElementId) => setEdits(new Map([...edits, [elementId, targetElementId]])),
    reset: () => setEdits(new Map()),
    again: useCallback(() => again({ requestPolicy: 'network-only' }), [again]),
  };
}
