import type { ElementBehavior } from '../element-behavior.ts';
import { concludeThrow, throwEvents } from '../throwing/throw-sequence.ts';

/** Throws what it defines, or only marks that the process came by. A link jumps over its hidden flow. BPMN 2.0.2 §13.5.2. */
export const intermediateThrowEvent: ElementBehavior<'intermediateThrowEvent'> = {
  activate: throwEvents,
  compensated: concludeThrow,
};
