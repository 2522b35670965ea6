import { useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { InstanceDetail } from '../instances/documents.ts';
import type { PictureOverlay } from '../instances/picture/overlay.ts';
import type { ProcessGraph } from '../instances/picture/process-graph.ts';
import { useText } from '../i18n/use-text.ts';
import { useViewer } from '../session/viewer.tsx';
import { emptyPlan, isEmpty, pick, undo, type MovePlan } from './move-plan.ts';
import { reopenOverlay, toggled } from './migrate/reopen-plan.ts';
import { hintOf, overlayOf } from './move-words.ts';
import { offeredOperations, operationNamed, type Operation } from './operations.ts';

/** The operation that a person composes at a case; it stands in the address, and what is picked in the picture here. */
export interface Operating {
  readonly offered: readonly Operation[];
  /** The one that is open, also after it is no longer offered: what was written stays. */
  readonly open: Operation | undefined;
  readonly choose: (operation: Operation | undefined) => void;
  readonly plan: MovePlan;
  readonly setPlan: (plan: MovePlan) => void;
  /** The steps at which an ended case is to go on. */
  readonly reopening: readonly string[];
  readonly setReopening: (elementIds: readonly string[]) => void;
  /** Nothing more is picked: what was composed is on its way. */
  readonly settle: () => void;
  /** What lies over the picture; undefined while nothing is picked in it. */
  readonly overlay: PictureOverlay | undefined;
  /** The same in words: what to pick, how much is collected, and the way back. */
  readonly picking: { readonly hint: string; readonly count: number; readonly undo: (() => void) | undefined };
}

/** Holds what is composed at a case. `isShown`: the panel in which it is composed is in sight. */
export function useOperating(instance: InstanceDetail, graph: ProcessGraph, isShown: boolean): Operating {
  const text = useText();
  const viewer = useViewer();
  const [params, setParams] = useSearchParams();
  const [begun, setBegun] = useState<Operation | undefined>();
  const [plan, setPlan] = useState<MovePlan>(emptyPlan);
  const [reopening, setReopening] = useState<readonly string[]>([]);
  const [isSettled, setIsSettled] = useState(false);
  const offered = offeredOperations(instance.status, viewer.roles);
  const named = operationNamed(params.get('do'));
  if (named !== undefined && named !== begun && offered.includes(named)) setBegun(named);
  const open = named === begun ? named : undefined;
  const picks = isShown && open !== undefined && offered.includes(open) && !isSettled ? open : undefined;
  const tokens = instance.activeElements;
  const overlay = useMemo(() => {
    if (picks === 'move') return { ...overlayOf(plan, tokens, graph, text), onPick: (id: string) => setPlan((before) => pick(before, id, tokens, graph)) };
    if (picks === 'reopen') return { ...reopenOverlay(reopening, graph, text), onPick: (id: string) => setReopening((before) => toggled(before, id, graph)) };
    return undefined;
  }, [picks, plan, reopening, tokens, graph, text]);
  const picking =
    picks === 'reopen'
      ? { hint: text.t('reopen.hint'), count: reopening.length, undo: reopening.length === 0 ? undefined : () => setReopening(reopening.slice(0, -1)) }
      : { hint: hintOf(plan, graph, text), count: plan.instructions.length, undo: isEmpty(plan) ? undefined : () => setPlan(undo(plan)) };

  function choose(operation: Operation | undefined): void {
    setPlan(emptyPlan);
    setReopening([]);
    setIsSettled(false);
    setBegun(undefined);
    setParams({ tab: 'actions', ...(operation === undefined ? {} : { do: operation }) }, { replace: true });
  }
  return { offered, open, choose, plan, setPlan, reopening, setReopening, settle: () => setIsSettled(true), overlay, picking };
}
