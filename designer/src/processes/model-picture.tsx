import { useMemo, type ReactNode } from 'react';
import { useIsNarrow } from '../app/media.ts';
import { Loading } from '../feedback/feedback.tsx';
import { useText } from '../i18n/use-text.ts';
import { PictureCanvas } from '../instances/picture/canvas.tsx';
import type { ElementState } from '../instances/picture/element-states.ts';
import { elementName, kindWord } from '../instances/picture/element-words.ts';
import { beginningOnPhone } from '../instances/picture/places-on-phone.ts';
import type { ProcessGraph } from '../instances/picture/process-graph.ts';
import type { Layout } from '../instances/picture/read-layout.ts';
import { toFlowEdges, toFlowNodes } from '../instances/picture/to-flow.ts';
import type { ModelFinding } from './documents.ts';
import { drawnPlaces, marksOf, withMarkedFlows, withMarks } from './model-marks.ts';

/** What somebody looks at: brought into sight each time it is chosen. */
export interface LookedAt {
  readonly elementId: string | null;
  readonly count: number;
}

export interface ModelPictureProps {
  readonly graph: ProcessGraph;
  /** With what is inside closed sub-processes. */
  readonly whole: ProcessGraph;
  readonly layout: Layout | 'failed' | undefined;
  readonly findings?: readonly ModelFinding[];
  readonly lookedAt?: LookedAt;
  readonly onSelect?: (elementId: string | undefined) => void;
  readonly children?: ReactNode;
}

const nothing: readonly ModelFinding[] = [];
const noStates: ReadonlyMap<string, ElementState> = new Map();
const noFlows: ReadonlySet<string> = new Set();
const ignore = (): void => undefined;

/** A process that nobody runs: as it was published, or as a file has it, with what was found about its elements. */
export function ModelPicture({ graph, whole, layout, findings = nothing, lookedAt, onSelect = ignore, children }: ModelPictureProps): ReactNode {
  const text = useText();
  const narrow = useIsNarrow();
  const isDrawn = layout !== undefined && layout !== 'failed';
  const marks = useMemo(() => (isDrawn ? marksOf(findings, whole, layout) : undefined), [isDrawn, findings, whole, layout]);
  const show = useMemo(() => (isDrawn && lookedAt !== undefined ? drawnPlaces(lookedAt.elementId, whole, layout) : []), [isDrawn, lookedAt, whole, layout]);
  // The whole of a process cannot be read on a phone.
  const inSight = useMemo(() => (show.length === 0 && narrow && isDrawn ? beginningOnPhone(graph, layout) : show), [show, narrow, isDrawn, graph, layout]);
  const nodes = useMemo(() => (isDrawn ? toFlowNodes(graph, layout, noStates, text, 0) : []), [isDrawn, graph, layout, text]);
  const edges = useMemo(() => (isDrawn ? toFlowEdges(graph, layout, noFlows) : []), [isDrawn, graph, layout]);
  const markedNodes = useMemo(() => (marks === undefined ? nodes : withMarks(nodes, marks.elements, show, text)), [nodes, marks, show, text]);
  const markedEdges = useMemo(() => (marks === undefined ? edges : withMarkedFlows(edges, marks.flows)), [edges, marks]);
  if (layout === 'failed') return <p className="notice notice-attention">{text.t('instance.layoutFailed')}</p>;
  if (layout === undefined) return <Loading rows={5} />;
  return (
    <PictureCanvas label={text.t('processes.picture')} nodes={markedNodes} edges={markedEdges} layout={layout} show={inSight} showAgain={lookedAt?.count ?? 0} onSelect={onSelect}>
      {children}
    </PictureCanvas>
  );
}

/** The picture in words. */
export function ModelOutline({ graph }: { readonly graph: ProcessGraph }): ReactNode {
  const text = useText();
  return (
    <details className="step-list">
      <summary>{text.t('check.outline')}</summary>
      <ol>
        {graph.elements.map((element) => {
          const parent = element.parentId === undefined ? undefined : graph.byId.get(element.parentId);
          return (
            <li key={element.id}>
              <span className="muted">{kindWord(element, text)}</span> {element.name}
              {parent === undefined ? null : <span className="muted small"> ({elementName(parent, text)})</span>}
            </li>
          );
        })}
      </ol>
    </details>
  );
}
