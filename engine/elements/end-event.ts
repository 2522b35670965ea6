import type { ElementBehavior } from '../element-behavior.ts';
import { concludeThrow, throwEvents } from '../throwing/throw-sequence.ts';

/** Consumes the token, after throwing what it defines. BPMN 2.0.2 §13.5.3. */
export const endEvent: ElementBehavior<'endEvent'> = {
  activate: throwEvents,
  compensated: concludeThrow,
};
