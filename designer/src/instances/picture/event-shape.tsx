import type { ReactNode } from 'react';
import type { GraphElement } from './graph-element.ts';

const line = { stroke: 'currentColor', strokeWidth: 1.3, strokeLinecap: 'round', strokeLinejoin: 'round' } as const;

/** The outlines of the kinds of event in a 16 × 16 box. BPMN 2.0.2 table 10.93. */
const outlines: Readonly<Record<string, string>> = {
  message: 'M2.5 4h11v8.5h-11z',
  signal: 'M8 2.8L14 12.6H2z',
  error: 'M2.8 13L6 3.8l3.6 5.4L13.2 3 10 12.4 6.4 7.2z',
  escalation: 'M8 2.6L12.2 13.2 8 9.4 3.8 13.2z',
  conditional: 'M3.8 2.5h8.4v11H3.8z',
  link: 'M2.6 6.2h6.2V3.6L13.6 8l-4.8 4.4V9.8H2.6z',
  compensation: 'M7.8 3.8v8.4L2.4 8zM13.2 3.8v8.4L7.8 8z',
  cancel: 'M4.6 3L8 6.4 11.4 3 13 4.6 9.6 8l3.4 3.4-1.6 1.6L8 9.6 4.6 13 3 11.4 6.4 8 3 4.6z',
  multiple: 'M8 2.2l5.8 4.3-2.2 6.7H4.4L2.2 6.5z',
  parallelMultiple: 'M6.2 2.6h3.6v3.6h3.6v3.6H9.8v3.6H6.2V9.8H2.6V6.2h3.6z',
  terminate: 'M8 2.6a5.4 5.4 0 1 1 0 10.8a5.4 5.4 0 0 1 0-10.8z',
};

/** Lines inside an outline. */
const details: Readonly<Record<string, string>> = { message: 'M2.5 4.3L8 9l5.5-4.7', conditional: 'M5.8 5h4.4M5.8 7h4.4M5.8 9h4.4M5.8 11h4.4' };

function TimerIcon(): ReactNode {
  return (
    <>
      <circle cx="8" cy="8" r="5.7" fill="none" {...line} />
      <path d="M8 2.3v1.3M8 12.4v1.3M2.3 8h1.3M12.4 8h1.3M8 4.8V8.2L10.4 9.6" fill="none" {...line} />
    </>
  );
}

/** What an event waits for (an outline) or sends (filled). A plain start is a play sign, a plain end a tick. */
export function EventIcon({ element }: { readonly element: Pick<GraphElement, 'type' | 'eventKind'> }): ReactNode {
  const { type, eventKind } = element;
  if (eventKind === 'timer') return <TimerIcon />;
  if (eventKind === undefined) {
    if (type === 'startEvent') return <path d="M6 4.5l5.5 3.5L6 11.5z" fill="currentColor" />;
    return type === 'endEvent' ? <path d="M4.5 8.3l2.3 2.3 4.7-5" fill="none" {...line} /> : null;
  }
  const isFilled = type === 'endEvent' || type === 'intermediateThrowEvent';
  const detail = details[eventKind];
  return (
    <>
      <path d={outlines[eventKind] ?? outlines['multiple']} fill={isFilled ? 'currentColor' : 'none'} {...line} />
      {detail === undefined ? null : <path d={detail} fill="none" {...line} {...(isFilled ? { stroke: 'var(--surface)' } : {})} />}
    </>
  );
}

/** One ring for a start, a thick one for an end, two for what lies between; dashed where the rest goes on. BPMN 2.0.2 §10.5. */
export function EventShape({ element }: { readonly element: GraphElement }): ReactNode {
  const { type, interrupts } = element;
  const hasTwoRings = type === 'intermediateCatchEvent' || type === 'intermediateThrowEvent' || type === 'boundaryEvent';
  const dashes = interrupts === false ? { strokeDasharray: '3.6 2.6' } : {};
  return (
    <svg className="el-drawn" viewBox="0 0 34 34" aria-hidden="true" data-rings={hasTwoRings ? 2 : 1} data-dashed={interrupts === false}>
      <circle className={type === 'endEvent' ? 'ring ring-thick' : 'ring'} cx="17" cy="17" r="15.4" {...dashes} />
      {hasTwoRings ? <circle className="ring ring-inner" cx="17" cy="17" r="12.2" {...dashes} /> : null}
      <svg x={hasTwoRings ? 9 : 8} y={hasTwoRings ? 9 : 8} width={hasTwoRings ? 16 : 18} height={hasTwoRings ? 16 : 18} viewBox="0 0 16 16">
        <EventIcon element={element} />
      </svg>
    </svg>
  );
}
