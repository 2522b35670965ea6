import { Background, Controls, MiniMap, Panel, ReactFlow, useReactFlow, useStore } from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import '../../app/styles/picture.css';
import { useEffect, useMemo, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useIsNarrow, useMedia } from '../../app/media.ts';
import { useNow } from '../../app/clock.ts';
import { Loading } from '../../feedback/feedback.tsx';
import { useText } from '../../i18n/use-text.ts';
import { computeLayout } from './compute-layout.ts';
import { ElementNode } from './element-node.tsx';
import type { ElementState } from './element-states.ts';
import { reachedSubProcesses, takenFlows } from './element-states.ts';
import { outerLabel } from './element-words.ts';
import { FlowEdge } from './flow-edge.tsx';
import { isContainer } from './graph-element.ts';
import { MoveEdge } from './move-edge.tsx';
import type { PictureOverlay } from './overlay.ts';
import { withCollapsed, type ProcessGraph } from './process-graph.ts';
import { boundsToShow, type Layout } from './read-layout.ts';
import { toFlowEdges, toFlowNodes, toMoveEdges, withOverlay } from './to-flow.ts';

/** How much of the picture is in sight at least, so that a step is seen with its neighbors. */
const leastView = { wide: { width: 860, height: 520 }, narrow: { width: 440, height: 400 } };

const nodeTypes = { element: ElementNode };
const edgeTypes = { flow: FlowEdge, move: MoveEdge };

/** Shows where the process stands first, and again when that changes; the whole is one click away. */
function ShowActive({ ids, layout, least }: { readonly ids: readonly string[]; readonly layout: Layout; readonly least: typeof leastView.wide }): ReactNode {
  const { fitBounds } = useReactFlow();
  const ready = useStore((state) => state.width > 0 && state.height > 0 && state.panZoom !== null);
  const wanted = ids.join();
  useEffect(() => {
    if (ready) void fitBounds(boundsToShow(layout, wanted === '' ? [] : wanted.split(','), least), { padding: 0.04 });
  }, [ready, wanted, layout, least, fitBounds]);
  return null;
}

export interface ProcessPictureProps {
  /** Names version and language: the same key has the same layout. */
  readonly layoutKey: string;
  readonly graph: ProcessGraph;
  readonly states: ReadonlyMap<string, ElementState>;
  readonly onSelect: (elementId: string | undefined) => void;
  /** While an operator picks elements: what can be picked and what is planned. */
  readonly overlay?: PictureOverlay | undefined;
}

/** The process as a live picture: done path, active steps, trouble. Its text twin is `StepList`. */
export function ProcessPicture({ layoutKey: versionKey, graph: whole, states, onSelect, overlay }: ProcessPictureProps): ReactNode {
  const text = useText();
  const now = useNow();
  const narrow = useIsNarrow();
  const dark = useMedia('(prefers-color-scheme: dark)');
  const [showsAll, setShowsAll] = useState(false);
  const graph = useMemo(() => withCollapsed(whole, showsAll ? new Set(whole.elements.map((element) => element.id)) : reachedSubProcesses(whole, states)), [whole, states, showsAll]);
  const layoutKey = `${versionKey}:${graph.elements.map((element) => element.id).join()}`;
  const hidden = whole.elements.length - graph.elements.length;
  const [layout, setLayout] = useState<{ readonly key: string; readonly value: Layout | 'failed' } | undefined>();
  useEffect(() => {
    let stale = false;
    computeLayout(layoutKey, graph, (element) => outerLabel(element, text)).then(
      (value) => {
        if (!stale) setLayout({ key: layoutKey, value });
      },
      () => {
        if (!stale) setLayout({ key: layoutKey, value: 'failed' });
      },
    );
    return () => {
      stale = true;
    };
  }, [layoutKey, graph, text]);
  const current = layout?.key === layoutKey ? layout.value : undefined;
  const nodes = useMemo(() => (current === undefined || current === 'failed' ? [] : toFlowNodes(graph, current, states, text, now)), [current, graph, states, text, now]);
  const edges = useMemo(() => (current === undefined || current === 'failed' ? [] : toFlowEdges(graph, current, takenFlows(graph, states))), [current, graph, states]);
  const shownNodes = useMemo(() => (overlay === undefined ? nodes : withOverlay(nodes, overlay, text)), [nodes, overlay, text]);
  const shownEdges = useMemo(() => (overlay === undefined || current === undefined || current === 'failed' ? edges : [...edges, ...toMoveEdges(whole, current, overlay)]), [edges, overlay, current, whole]);
  const activeIds = useMemo(() => graph.elements.filter((element) => !isContainer(element) && ['running', 'waiting', 'failed', 'unknown'].includes(states.get(element.id)?.state ?? '')).map((element) => element.id), [graph, states]);

  /** Enter or Space on a focused element picks it as a click does. */
  function pickByKey(event: KeyboardEvent): void {
    if (overlay === undefined || event.nativeEvent.isComposing || (event.code !== 'Enter' && event.code !== 'Space') || !(event.target instanceof HTMLElement)) return;
    const elementId = event.target.classList.contains('react-flow__node') ? event.target.dataset['id'] : undefined;
    if (elementId === undefined) return;
    event.preventDefault();
    overlay.onPick(elementId);
  }

  if (current === 'failed') return <p className="notice notice-attention">{text.t('instance.layoutFailed')}</p>;
  if (current === undefined) return <Loading rows={5} />;
  return (
    <div className="picture" role="region" aria-label={text.t('instance.canvas')} data-canvas-ready="true" data-picking={overlay === undefined ? undefined : true} onKeyDown={pickByKey}>
      <ReactFlow
        nodes={shownNodes}
        edges={shownEdges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        colorMode={dark ? 'dark' : 'light'}
        minZoom={0.1}
        maxZoom={2}
        nodesDraggable={false}
        nodesConnectable={false}
        edgesFocusable={false}
        elevateNodesOnSelect={false}
        proOptions={{ hideAttribution: true }}
        deleteKeyCode={null}
        selectionKeyCode={null}
        multiSelectionKeyCode={null}
        preventScrolling={!narrow}
        onNodeClick={(_event, node) => overlay?.onPick(node.id)}
        onSelectionChange={({ nodes: selected }) => onSelect(selected[0]?.id)}
        ariaLabelConfig={{ 'node.a11yDescription.default': text.t('canvas.node'), 'node.a11yDescription.keyboardDisabled': text.t('canvas.node'), 'edge.a11yDescription.default': '', 'controls.ariaLabel': text.t('canvas.controls'), 'controls.zoomIn.ariaLabel': text.t('canvas.zoomIn'), 'controls.zoomOut.ariaLabel': text.t('canvas.zoomOut'), 'controls.fitView.ariaLabel': text.t('canvas.fit'), 'minimap.ariaLabel': text.t('canvas.map'), 'handle.ariaLabel': '' }}
      >
        <Background gap={24} size={1} />
        <Controls showInteractive={false} fitViewOptions={{ padding: 0.08, minZoom: 0.1, maxZoom: 1 }} />
        {narrow ? null : <MiniMap pannable zoomable style={{ width: 150, height: 96 }} nodeClassName={(node) => `map-${String(node.data['state'])}`} />}
        {hidden > 0 || showsAll ? (
          <Panel position="top-right">
            <button type="button" className="canvas-button" aria-pressed={showsAll} onClick={() => setShowsAll(!showsAll)}>
              {showsAll ? text.t('canvas.collapse') : text.t('canvas.expand', { count: hidden })}
            </button>
          </Panel>
        ) : null}
        <ShowActive ids={activeIds} layout={current} least={narrow ? leastView.narrow : leastView.wide} />
      </ReactFlow>
    </div>
  );
}
