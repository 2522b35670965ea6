import { Background, Controls, MiniMap, Panel, ReactFlow, useReactFlow, useStore } from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import '../../app/styles/picture.css';
import { useEffect, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useIsNarrow, useMedia } from '../../app/media.ts';
import { useText } from '../../i18n/use-text.ts';
import { ElementNode, type ElementFlowNode } from './element-node.tsx';
import { FlowEdge, type ProcessFlowEdge } from './flow-edge.tsx';
import { MoveEdge, type PlannedMoveEdge } from './move-edge.tsx';
import { boundsToShow, type Layout } from './read-layout.ts';

/** How much of the picture is in sight at least, so that a step is seen with its neighbors. */
const leastView = { wide: { width: 860, height: 520 }, narrow: { width: 440, height: 400 } };

/** At which a phone holds the whole of the longest processes. */
const leastZoom = 0.04;

const nothing: readonly string[] = [];
const nodeTypes = { element: ElementNode };
const edgeTypes = { flow: FlowEdge, move: MoveEdge };

/** Shows some elements, and others when those change; without any, the whole. */
function ShowElements({ ids, again, layout, least }: { readonly ids: readonly string[]; readonly again: number; readonly layout: Layout; readonly least: typeof leastView.wide }): ReactNode {
  const { fitBounds } = useReactFlow();
  const ready = useStore((state) => state.width > 0 && state.height > 0 && state.panZoom !== null);
  const wanted = ids.join();
  useEffect(() => {
    if (ready) void fitBounds(boundsToShow(layout, wanted === '' ? [] : wanted.split(','), least), { padding: 0.04 });
  }, [ready, wanted, again, layout, least, fitBounds]);
  return null;
}

export interface PictureCanvasProps {
  readonly label: string;
  readonly nodes: readonly ElementFlowNode[];
  readonly edges: readonly (ProcessFlowEdge | PlannedMoveEdge)[];
  readonly layout: Layout;
  /** What is brought into sight. */
  readonly show: readonly string[];
  /** Counted up to bring the same into sight again. */
  readonly showAgain?: number;
  readonly onSelect: (elementId: string | undefined) => void;
  /** While elements are picked: a click, Enter or Space. */
  readonly onPick?: ((elementId: string) => void) | undefined;
  /** In the corner of the canvas. */
  readonly children?: ReactNode;
}

/** The canvas of every picture: it is moved and enlarged, never edited. */
export function PictureCanvas({ label, nodes, edges, layout, show, showAgain = 0, onSelect, onPick, children }: PictureCanvasProps): ReactNode {
  const { t } = useText();
  const narrow = useIsNarrow();
  const dark = useMedia('(prefers-color-scheme: dark)');
  const [isWhole, setWhole] = useState(false);

  /** Enter or Space on a focused element picks it as a click does. */
  function pickByKey(event: KeyboardEvent): void {
    if (onPick === undefined || event.nativeEvent.isComposing || (event.code !== 'Enter' && event.code !== 'Space') || !(event.target instanceof HTMLElement)) return;
    const elementId = event.target.classList.contains('react-flow__node') ? event.target.dataset['id'] : undefined;
    if (elementId === undefined) return;
    event.preventDefault();
    onPick(elementId);
  }

  return (
    <div className="picture" role="region" aria-label={label} data-canvas-ready="true" data-picking={onPick === undefined ? undefined : true} onKeyDown={pickByKey}>
      <ReactFlow
        nodes={[...nodes]}
        edges={[...edges]}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        colorMode={dark ? 'dark' : 'light'}
        minZoom={leastZoom}
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
        onNodeClick={(_event, node) => onPick?.(node.id)}
        onSelectionChange={({ nodes: selected }) => onSelect(selected[0]?.id)}
        ariaLabelConfig={{ 'node.a11yDescription.default': t('canvas.node'), 'node.a11yDescription.keyboardDisabled': t('canvas.node'), 'edge.a11yDescription.default': '', 'controls.ariaLabel': t('canvas.controls'), 'controls.zoomIn.ariaLabel': t('canvas.zoomIn'), 'controls.zoomOut.ariaLabel': t('canvas.zoomOut'), 'controls.fitView.ariaLabel': t('canvas.fit'), 'minimap.ariaLabel': t('canvas.map'), 'handle.ariaLabel': '' }}
      >
        <Background gap={24} size={1} />
        <Controls showInteractive={false} fitViewOptions={{ padding: 0.08, minZoom: leastZoom, maxZoom: 1 }} />
        {narrow ? null : <MiniMap pannable zoomable style={{ width: 150, height: 96 }} nodeClassName={(node) => `map-${String(node.data['state'])}`} />}
        <Panel position="top-right" className="canvas-buttons">
          {narrow && show.length > 0 ? (
            <button type="button" className="canvas-button" aria-pressed={isWhole} onClick={() => setWhole(!isWhole)}>
              {t(isWhole ? 'canvas.back' : 'canvas.fit')}
            </button>
          ) : null}
          {children}
        </Panel>
        <ShowElements ids={isWhole ? nothing : show} again={showAgain} layout={layout} least={narrow ? leastView.narrow : leastView.wide} />
      </ReactFlow>
    </div>
  );
}
