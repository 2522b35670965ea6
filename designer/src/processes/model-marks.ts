import type { ElementFlowNode } from '../instances/picture/element-node.tsx';
import type { ProcessFlowEdge } from '../instances/picture/flow-edge.tsx';
import { drawnAs } from '../instances/picture/overlay.ts';
import type { ProcessGraph } from '../instances/picture/process-graph.ts';
import type { Layout } from '../instances/picture/read-layout.ts';
import type { Text } from '../i18n/use-text.ts';
import type { ModelFinding } from './documents.ts';

/** How many errors and warnings there are at an element that is drawn. */
export interface ModelMark {
  readonly errors: number;
  readonly warnings: number;
}

/** The drawn elements that a finding is about: itself, the sub-process around it, or the ends of a flow. */
export function drawnPlaces(elementId: string | null, whole: ProcessGraph, layout: Layout): readonly string[] {
  if (elementId === null) return [];
  const flow = whole.flows.find(({ id }) => id === elementId || id.endsWith(`/${elementId}`) || id === `flow:${elementId}`);
  const ids = flow === undefined ? [elementId] : [flow.source, flow.target];
  return [...new Set(ids.flatMap((id) => drawnAs(id, whole, layout) ?? []))];
}

/** The marks of a picture, by drawn element. A finding about a flow marks the flow alone. */
export function marksOf(findings: readonly ModelFinding[], whole: ProcessGraph, layout: Layout): { readonly elements: ReadonlyMap<string, ModelMark>; readonly flows: ReadonlySet<string> } {
  const elements = new Map<string, ModelMark>();
  const flows = new Set<string>();
  for (const { elementId, severity } of findings) {
    if (elementId === null || severity === 'INFO') continue;
    const flow = whole.flows.find(({ id }) => id.endsWith(`/${elementId}`) || id === `flow:${elementId}`);
    if (flow !== undefined) {
      flows.add(flow.id);
      continue;
    }
    const id = drawnAs(elementId, whole, layout);
    if (id === undefined) continue;
    const { errors, warnings } = elements.get(id) ?? { errors: 0, warnings: 0 };
    elements.set(id, severity === 'ERROR' ? { errors: errors + 1, warnings } : { errors, warnings: warnings + 1 });
  }
  return { elements, flows };
}

/** The nodes with what was found about each, in colour, words and accessible name, and the one looked at. */
export function withMarks(nodes: readonly ElementFlowNode[], marks: ReadonlyMap<string, ModelMark>, lookedAt: readonly string[], text: Pick<Text, 't' | 'locale'>): ElementFlowNode[] {
  return nodes.map((node) => {
    const mark = marks.get(node.id);
    const isLookedAt = lookedAt.includes(node.id);
    if (mark === undefined) return isLookedAt ? { ...node, data: { ...node.data, isLookedAt } } : node;
    const finding = mark.errors > 0 ? 'error' : 'warning';
    const badge = text.t(`check.badge.${finding}`, { count: mark.errors > 0 ? mark.errors : mark.warnings });
    return { ...node, ariaLabel: [node.ariaLabel ?? '', badge].join(text.locale === 'zh-CN' ? '，' : ', '), data: { ...node.data, finding, badge, isLookedAt } };
  });
}

/** The flows with those marked about which something was found. */
export function withMarkedFlows(edges: readonly ProcessFlowEdge[], marked: ReadonlySet<string>): ProcessFlowEdge[] {
  return edges.map((edge) => (marked.has(edge.id) && edge.data !== undefined ? { ...edge, data: { ...edge.data, isMarked: true } } : edge));
}
