import { useMemo, useState, type ReactNode } from 'react';
import { useNow } from '../../app/clock.ts';
import { useIsNarrow } from '../../app/media.ts';
import { Loading } from '../../feedback/feedback.tsx';
import { useText } from '../../i18n/use-text.ts';
import { PictureCanvas } from './canvas.tsx';
import type { ElementState } from './element-states.ts';
import { reachedSubProcesses, takenFlows } from './element-states.ts';
import { isContainer } from './graph-element.ts';
import type { PictureOverlay } from './overlay.ts';
import { placesOnPhone } from './places-on-phone.ts';
import { withCollapsed, type ProcessGraph } from './process-graph.ts';
import { toFlowEdges, toFlowNodes, toMoveEdges, withOverlay } from './to-flow.ts';
import { useLayout } from './use-layout.ts';

export interface ProcessPictureProps {
  /** Names version and language: the same key has the same layout. */
  readonly layoutKey: string;
  readonly graph: ProcessGraph;
  readonly states: ReadonlyMap<string, ElementState>;
  readonly onSelect: (elementId: string | undefined) => void;
  /** While an operator picks elements: what can be picked and what is planned. */
  readonly overlay?: PictureOverlay | undefined;
}

/** The process as a live picture: done path, active steps, trouble. It shows where the process stands first. Its text twin is `StepList`. */
export function ProcessPicture({ layoutKey: versionKey, graph: whole, states, onSelect, overlay }: ProcessPictureProps): ReactNode {
  const text = useText();
  const now = useNow();
  const narrow = useIsNarrow();
  const [showsAll, setShowsAll] = useState(false);
  const graph = useMemo(() => withCollapsed(whole, showsAll ? new Set(whole.elements.map((element) => element.id)) : reachedSubProcesses(whole, states)), [whole, states, showsAll]);
  const hidden = whole.elements.length - graph.elements.length;
  const current = useLayout(`${versionKey}:${graph.elements.map((element) => element.id).join()}`, graph);
  const nodes = useMemo(() => (current === undefined || current === 'failed' ? [] : toFlowNodes(graph, current, states, text, now)), [current, graph, states, text, now]);
  const edges = useMemo(() => (current === undefined || current === 'failed' ? [] : toFlowEdges(graph, current, takenFlows(graph, states))), [current, graph, states]);
  const shownNodes = useMemo(() => (overlay === undefined ? nodes : withOverlay(nodes, overlay, text)), [nodes, overlay, text]);
  const shownEdges = useMemo(() => (overlay === undefined || current === undefined || current === 'failed' ? edges : [...edges, ...toMoveEdges(whole, current, overlay)]), [edges, overlay, current, whole]);
  const standsAt = useMemo(() => graph.elements.filter((element) => !isContainer(element) && ['running', 'waiting', 'failed', 'unknown'].includes(states.get(element.id)?.state ?? '')).map((element) => element.id), [graph, states]);
  const show = useMemo(() => (narrow && current !== undefined && current !== 'failed' ? placesOnPhone(graph, states, current, standsAt) : standsAt), [narrow, current, graph, states, standsAt]);

  if (current === 'failed') return <p className="notice notice-attention">{text.t('instance.layoutFailed')}</p>;
  if (current === undefined) return <Loading rows={5} />;
  return (
    <PictureCanvas label={text.t('instance.canvas')} nodes={shownNodes} edges={shownEdges} layout={current} show={show} onSelect={onSelect} onPick={overlay?.onPick}>
      {hidden > 0 || showsAll ? (
        <button type="button" className="canvas-button" aria-pressed={showsAll} onClick={() => setShowsAll(!showsAll)}>
          {showsAll ? text.t('canvas.collapse') : text.t('canvas.expand', { count: hidden })}
        </button>
      ) : null}
    </PictureCanvas>
  );
}
