import type { ReactNode } from 'react';
import type { GraphElement } from './process-graph.ts';

const stroke = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.5, strokeLinecap: 'round', strokeLinejoin: 'round' } as const;

const icons: Readonly<Record<string, ReactNode>> = {
  userTask: <path {...stroke} d="M8 8a2.8 2.8 0 1 0 0-5.600a2.8 2.8 0 0 0 0 5.600zM2.8 14c.4-3 2.4-4.5 5.2-4.500s4.8 1.5 5.2 4.5" />,
  serviceTask: <path {...stroke} d="M6 2v3M10 2v3M4 5h8v3a4 4 0 0 1-8 0zM8 12v2.5" />,
  businessRuleTask: <path {...stroke} d="M2.5 3.500h11v9h-11zM2.5 6.500h11M6.5 6.500v6" />,
  scriptTask: <path {...stroke} d="M5.5 5L2.5 8l3 3M10.5 5l3 3-3 3" />,
  timer: <path {...stroke} d="M8 2.500a5.5 5.5 0 1 1 0 11a5.5 5.5 0 0 1 0-11zM8 5v3.200l2 1.3" />,
  message: <path {...stroke} d="M2.5 4h11v8h-11zM2.5 4.500L8 9l5.5-4.5" />,
  error: <path {...stroke} d="M3 12.500L6 4l3.5 6L13 3" />,
  terminate: <circle cx="8" cy="8" r="5" fill="currentColor" />,
  startEvent: <path d="M6 4.500l5.5 3.500L6 11.500z" fill="currentColor" />,
  endEvent: <path {...stroke} d="M4.5 8.300l2.3 2.3 4.7-5" />,
  exclusiveGateway: <path {...stroke} strokeWidth="2.2" d="M5 5l6 6M11 5l-6 6" />,
  parallelGateway: <path {...stroke} strokeWidth="2.2" d="M8 3.500v9M3.5 8h9" />,
};

/** The mark inside a shape: what waits, who acts, what is decided. */
export function ElementIcon({ element, size = 16 }: { readonly element: GraphElement; readonly size?: number }): ReactNode {
  const icon = (element.eventKind === undefined ? undefined : icons[element.eventKind]) ?? icons[element.type];
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      {icon}
    </svg>
  );
}
