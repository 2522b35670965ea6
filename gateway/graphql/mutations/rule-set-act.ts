import { actorOf } from '../../identity/viewer.ts';
import { RuleSetRefusal, type RuleSetActor } from '../../rule-sets/index.ts';
import type { RequestContext } from '../context.ts';
import { ruleSetErrorOf } from '../expected-errors.ts';
import { refused } from '../refuse.ts';

/**
 * Does an act on a rule set with the viewer's own roles: answering for rules is not passed on with a role. A refusal goes on
 * record and is thrown as its typed error.
 */
export async function ruleSetAct<Result>(key: string | undefined, context: RequestContext, work: (actor: RuleSetActor) => Promise<Result>): Promise<Result> {
  try {
    const own = context.viewer.assignments.filter(({ onBehalfOf }) => onBehalfOf === undefined).map(({ role }) => role);
    return await work({ ...actorOf(context.viewer), roles: [...new Set(own)], name: context.viewer.displayName });
  } catch (error) {
    if (!(error instanceof RuleSetRefusal)) throw error;
    throw await refused(ruleSetErrorOf(error), key === undefined ? {} : { ruleSet: key }, context);
  }
}
