import type { ReactNode } from 'react';
import type { GraphElement } from './graph-element.ts';

const line = { fill: 'none', stroke: 'currentColor', strokeLinecap: 'round', strokeLinejoin: 'round' } as const;
const pentagon = 'M21 14.5l6.5 4.8-2.5 7.7h-8l-2.5-7.7z';

const marks: Readonly<Record<string, ReactNode>> = {
  exclusiveGateway: <path {...line} strokeWidth="2.6" d="M15.5 15.5l11 11M26.5 15.5l-11 11" />,
  parallelGateway: <path {...line} strokeWidth="2.6" d="M21 12.5v17M12.5 21h17" />,
  inclusiveGateway: <circle {...line} strokeWidth="2.6" cx="21" cy="21" r="8.5" />,
  complexGateway: <path {...line} strokeWidth="2.6" d="M21 12v18M12 21h18M14.6 14.6l12.8 12.8M27.4 14.6L14.6 27.4" />,
};

function EventBasedMark({ instantiates }: Pick<GraphElement, 'instantiates'>): ReactNode {
  return (
    <>
      <circle {...line} strokeWidth="1.3" cx="21" cy="21" r="11" />
      {instantiates === undefined ? <circle {...line} strokeWidth="1.3" cx="21" cy="21" r="8.8" /> : null}
      <path {...line} strokeWidth="1.4" d={instantiates === 'parallel' ? 'M19.2 14.5h3.6v4.7h4.7v3.6h-4.7v4.7h-3.6v-4.7h-4.7v-3.6h4.7z' : pentagon} />
    </>
  );
}

/** A diamond with × one way, + all ways, ○ those that apply, ✱ on a condition, a pentagon for whichever event comes first. BPMN 2.0.2 §10.6. */
export function GatewayShape({ element }: { readonly element: GraphElement }): ReactNode {
  return (
    <svg className="el-drawn" viewBox="0 0 42 42" aria-hidden="true">
      <path className="ring" d="M21 1.5L40.5 21 21 40.5 1.5 21z" strokeLinejoin="round" />
      {element.type === 'eventBasedGateway' ? <EventBasedMark {...(element.instantiates === undefined ? {} : { instantiates: element.instantiates })} /> : marks[element.type]}
    </svg>
  );
}
