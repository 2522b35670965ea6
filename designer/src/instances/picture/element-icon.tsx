import type { ReactNode } from 'react';
import { EventIcon } from './event-shape.tsx';
import type { GraphElement } from './graph-element.ts';

const stroke = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.5, strokeLinecap: 'round', strokeLinejoin: 'round' } as const;
const envelope = 'M2 4h12v8.500H2zM2 4.400L8 9l6-4.6';

const icons: Readonly<Record<string, ReactNode>> = {
  userTask: <path {...stroke} d="M8 8a2.8 2.8 0 1 0 0-5.600a2.8 2.8 0 0 0 0 5.600zM2.8 14c.4-3 2.4-4.5 5.2-4.500s4.8 1.5 5.2 4.5" />,
  twoPersons: <path {...stroke} strokeWidth="1.3" d="M5.5 7.500a2.3 2.3 0 1 0 0-4.600a2.3 2.3 0 0 0 0 4.600zM1.2 13c.3-2.5 1.9-3.8 4.3-3.800s4 1.3 4.3 3.800M10.3 3.100a2.3 2.3 0 0 1 0 4.300M11.4 9.300c2 .3 3.2 1.5 3.5 3.7" />,
  serviceTask: <path {...stroke} d="M6 2v3M10 2v3M4 5h8v3a4 4 0 0 1-8 0zM8 12v2.5" />,
  businessRuleTask: <path {...stroke} d="M2.5 3.500h11v9h-11zM2.5 6.500h11M6.5 6.500v6" />,
  scriptTask: <path {...stroke} d="M5.5 5L2.5 8l3 3M10.5 5l3 3-3 3" />,
  manualTask: <path {...stroke} strokeWidth="1.2" d="M4.6 8.8V4.2a1 1 0 0 1 2 0V7.4M6.6 7V2.8a1 1 0 0 1 2 0V7M8.6 7V3.4a1 1 0 0 1 2 0V7.6M10.6 7.6V5.2a1 1 0 0 1 2 0v4.6c0 2.6-1.6 4.2-4 4.2-2.2 0-3.300-1-4.500-3.2L2.700 8.700c-.5-1 .8-1.700 1.500-.8l.6.9" />,
  sendTask: (
    <>
      <path d="M2 4h12v8.500H2z" fill="currentColor" stroke="currentColor" />
      <path {...stroke} strokeWidth="1.3" stroke="var(--surface)" d="M2 4.400L8 9l6-4.6" />
    </>
  ),
  receiveTask: <path {...stroke} strokeWidth="1.3" d={envelope} />,
  receiveStart: <path {...stroke} strokeWidth="1.2" d="M8 1a7 7 0 1 1 0 14a7 7 0 0 1 0-14zM4.2 5.500h7.600v5H4.200zM4.2 5.700L8 8.300l3.8-2.6" />,
  callActivity: <path {...stroke} strokeWidth="1.4" d="M2.5 3.500h7v4h-7zM6 7.500v3.500h3.500M9.5 9h4v4h-4z" />,
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
