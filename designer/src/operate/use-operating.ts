import { useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { InstanceDetail } from '../instances/documents.ts';
import type { PictureOverlay } from '../instances/picture/overlay.ts';
import type { ProcessGraph } from '../instances/picture/process-graph.ts';
import { useText } from '../i18n/use-text.ts';
import { useViewer } from '../session/viewer.tsx';
import { emptyPlan, pick, type MovePlan } from './move-plan.ts';
import { overlayOf } from './move-words.ts';
import { offeredOperations, operationNamed, type Operation } from './operations.ts';

/** The operation that a person composes at a case; it stands in the address, and what is picked in the picture here. */
export interface Operating {
  readonly offered: readonly Operation[];
  /** The one that is open, also after it is no longer offered: what was written stays. */
  readonly open: Operation | undefined;
  readonly choose: (operation: Operation | undefined) => void;
  readonly plan: MovePlan;
  readonly setPlan: (plan: MovePlan) => void;
  /** Nothing more is picked: what was composed is on its way. */
  readonly settle: () => void;
  /** What lies over the picture; undefined while nothing is picked in it. */
  readonly overlay: PictureOverlay | undefined;
}

/** Holds what is composed at a case. `isShown`: the panel in which it is composed is in sight. */
export function useOperating(instance: InstanceDetail, graph: ProcessGraph, isShown: boolean): Operating {
  const text = useText();
  const viewer = useViewer();
  const [params, setParams] = useSearchParams();
  const [begun, setBegun] = useState<Operation | undefined>();
  const [plan, setPlan] = useState<MovePlan>(emptyPlan);
  const [isSettled, setIsSettled] = useState(false);
  const offered = offeredOperations(instance.status, viewer.roles);
  const named = operationNamed(params.get('do'));
  if (named !== undefined && named !== begun && offered.includes(named)) setBegun(named);
  const open = named === begun ? named : undefined;
  const isPicking = isShown && open === 'move' && offered.includes(open) && !isSettled;
  const tokens = instance.activeElements;
  const overlay = useMemo(() => (isPicking ? { ...overlayOf(plan, tokens, graph, text), onPick: (id: string) => setPlan((before) => pick(before, id, tokens, graph)) } : undefined), [isPicking, plan, tokens, graph, text]);

  function choose(operation: Operation | undefined): void {
    setPlan(emptyPlan);
    setIsSettled(false);
    setBegun(undefined);
    setParams({ tab: 'actions', ...(operation === undefined ? {} : { do: operation }) }, { replace: true });
  }
  return { offered, open, choose, plan, setPlan, settle: () => setIsSettled(true), overlay };
}
