import type { ReactNode } from 'react';
import { codeWord } from '#rule-words';
import { useText } from '../i18n/use-text.ts';
import { StateMark } from '../status/state-mark.tsx';
import type { OrderLine } from './order-line.ts';

/** 立即 or 抢救, as the order says it; nothing for a routine order. */
export function UrgencyMark({ line: { urgency } }: { readonly line: Pick<OrderLine, 'urgency'> }): ReactNode {
  const text = useText();
  if (urgency === undefined) return null;
  return (
    <span className="urgency-mark" data-urgency={urgency}>
      <StateMark state="attention">{codeWord('priority', urgency, text)}</StateMark>
    </span>
  );
}
