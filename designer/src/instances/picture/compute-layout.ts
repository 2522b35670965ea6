import ELK, { type ElkNode } from 'elkjs/lib/elk-api.js';
import elkWorkerUrl from 'elkjs/lib/elk-worker.min.js?url';
import { toElkGraph, type OuterLabel } from './elk-graph.ts';
import type { ProcessGraph } from './process-graph.ts';
import { readLayout, type Layout } from './read-layout.ts';

interface Elk {
  layout(graph: ElkNode): Promise<ElkNode>;
}
// The package is typed as CommonJS; the bundler gives the class itself.
const ElkClass = ELK as unknown as new (options: { readonly workerFactory: () => Worker }) => Elk;

let elk: Elk | undefined;
const known = new Map<string, Promise<Layout>>();

/** Lays a process out in a web worker. `key` names the version and language; the same one is laid out once. */
export function computeLayout(key: string, graph: ProcessGraph, labelOf: OuterLabel): Promise<Layout> {
  const before = known.get(key);
  if (before !== undefined) return before;
  elk ??= new ElkClass({ workerFactory: () => new Worker(elkWorkerUrl) });
  const layout = elk.layout(toElkGraph(graph, labelOf)).then((answer) => readLayout(graph, answer));
  layout.catch(() => known.delete(key));
  known.set(key, layout);
  return layout;
}
