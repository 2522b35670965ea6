import type { SideThreadAnswer } from '../side-thread/index.ts';
import { RefusedError } from './expected-errors.ts';

/** What the thread of rule set files answered; the typed error when it had no time. */
export function answerOf<Answer>(answer: SideThreadAnswer<Answer>): Answer {
  if (answer.kind === 'busy') throw new RefusedError({ code: 'CHECK_BUSY' });
  if (answer.kind === 'tooHeavy') throw new RefusedError({ code: 'RULE_SET_FILE_TOO_COMPLEX' });
  return answer.answer;
}
