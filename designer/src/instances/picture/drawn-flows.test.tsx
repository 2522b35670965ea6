import { ReactFlow } from '@xyflow/react';
import ELK, { type ElkNode } from 'elkjs/lib/elk.bundled.js';
import { renderToStaticMarkup } from 'react-dom/server';
import type { Text } from '../../i18n/use-text.ts';
import { elementStates } from './element-states.ts';
import { toElkGraph } from './elk-graph.ts';
import { readProcessGraph } from './process-graph.ts';
import { readLayout } from './read-layout.ts';
import { everyElement } from './test-every-element.ts';
import { toFlowEdges, toFlowNodes } from './to-flow.ts';

// The package is typed as CommonJS with a default export.
const ElkClass = ELK as unknown as new () => { layout(graph: ElkNode): Promise<ElkNode> };
/** Only the words of labels are asked for. */
const words = { locale: 'en', t: (key: string) => key, lookup: (key: string) => key } as unknown as Text;

describe('the flows of a picture', () => {
  it('are drawn before anything was measured, as after a move to another version', async () => {
    const graph = readProcessGraph(everyElement, 'en');
    const layout = readLayout(graph, await new ElkClass().layout(toElkGraph(graph)));
    const states = elementStates(graph, { status: 'running', activeElements: [], completedElements: [], incidents: [] });
    const edges = toFlowEdges(graph, layout, new Set());

    // Nothing is ever measured here: there is no document.
    const drawn = renderToStaticMarkup(<ReactFlow width={800} height={600} nodes={toFlowNodes(graph, layout, states, words, 0)} edges={edges.map((edge) => ({ ...edge, type: 'straight' }))} />);

    expect(edges.length).toBeGreaterThan(0);
    expect(edges.map(({ id }) => id).filter((id) => !drawn.includes(`data-id="${id}"`))).toEqual([]);
  });
});
