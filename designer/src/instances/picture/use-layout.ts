import { useEffect, useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { computeLayout } from './compute-layout.ts';
import { outerLabel } from './element-words.ts';
import type { ProcessGraph } from './process-graph.ts';
import type { Layout } from './read-layout.ts';

/** The layout of a graph; undefined until it is made. `key` names version and language: the same one is laid out once. */
export function useLayout(key: string, graph: ProcessGraph): Layout | 'failed' | undefined {
  const text = useText();
  const [layout, setLayout] = useState<{ readonly key: string; readonly value: Layout | 'failed' } | undefined>();
  useEffect(() => {
    let stale = false;
    const settle = (value: Layout | 'failed'): void => {
      if (!stale) setLayout({ key, value });
    };
    computeLayout(key, graph, (element) => outerLabel(element, text)).then(settle, () => settle('failed'));
    return () => {
      stale = true;
    };
  }, [key, graph, text]);
  return layout?.key === key ? layout.value : undefined;
}
