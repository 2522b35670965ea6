import type { ReactNode } from 'react';
import { EventIcon } from './event-shape.tsx';
import type { GraphElement } from './graph-element.ts';

const stroke = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.5, strokeLinecap: 'round', strokeLinejoin: 'round' } as const;
const envelope = 'M2 4h12v8.5H2zM2 4.4L8 9l6-4.6';

const icons: Readonly<Record<string, ReactNode>> = {
  userTask: <path {...stroke} d="M8 8a2.8 2.8 0 1 0 0-5.6a2.8 2.8 0 0 0 0 5.6zM2.8 14c.4-3 2.4-4.5 5.2-4.5s4.8 1.5 5.2 4.5" />,
  twoPersons: <path {...stroke} strokeWidth="1.3" d="M5.5 7.5a2.3 2.3 0 1 0 0-4.6a2.3 2.3 0 0 0 0 4.6zM1.2 13c.3-2.5 1.9-3.8 4.3-3.8s4 1.3 4.3 3.8M10.3 3.1a2.3 2.3 0 0 1 0 4.3M11.4 9.3c2 .3 3.2 1.5 3.5 3.7" />,
  serviceTask: <path {...stroke} d="M6 2v3M10 2v3M4 5h8v3a4 4 0 0 1-8 0zM8 12v2.5" />,
  businessRuleTask: <path {...stroke} d="M2.5 3.5h11v9h-11zM2.5 6.5h11M6.5 6.5v6" />,
  scriptTask: <path {...stroke} d="M5.5 5L2.5 8l3 3M10.5 5l3 3-3 3" />,
  manualTask: <path {...stroke} strokeWidth="1.2" d="M4.6 8.8V4.2a1 1 0 0 1 2 0V7.4M6.6 7V2.8a1 1 0 0 1 2 0V7M8.6 7V3.4a1 1 0 0 1 2 0V7.6M10.6 7.6V5.2a1 1 0 0 1 2 0v4.6c0 2.6-1.6 4.2-4 4.2-2.2 0-3.3-1-4.5-3.2L2.7 8.7c-.5-1 .8-1.7 1.5-.8l.6.9" />,
  sendTask: (
    <>
      <path d="M2 4h12v8.5H2z" fill="currentColor" stroke="currentColor" />
      <path {...stroke} strokeWidth="1.3" stroke="var(--surface)" d="M2 4.4L8 9l6-4.6" />
    </>
  ),
  receiveTask: <path {...stroke} strokeWidth="1.3" d={envelope} />,
  receiveStart: <path {...stroke} strokeWidth="1.2" d="M8 1a7 7 0 1 1 0 14a7 7 0 0 1 0-14zM4.2 5.5h7.6v5H4.2zM4.2 5.7L8 8.3l3.8-2.6" />,
  callActivity: <path {...stroke} strokeWidth="1.4" d="M2.5 3.5h7v4h-7zM6 7.5v3.5h3.5M9.5 9h4v4h-4z" />,
};

function nameOf({ type, isVerified, instantiates }: GraphElement): string {
  if (isVerified === true) return 'twoPersons';
  return type === 'receiveTask' && instantiates !== undefined ? 'receiveStart' : type;
}

/** The sign in the box of an activity: who or what acts; of an event sub-process, what starts it. */
export function ElementIcon({ element, size = 16 }: { readonly element: GraphElement; readonly size?: number }): ReactNode {
  const icon = element.isEventSubProcess === true ? <EventIcon element={{ type: 'startEvent', ...(element.eventKind === undefined ? {} : { eventKind: element.eventKind }) }} /> : icons[nameOf(element)];
  if (icon === undefined) return null;
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      {icon}
    </svg>
  );
}
