import { readSide, RuleSetRefusal, type RuleSetSide, type SideDocument } from '../rule-sets/index.ts';
import { builder } from './builder.ts';
import type { RequestContext } from './context.ts';
import { badArgument } from './request-errors.ts';

/** One document of a rule set, as arguments name it. */
export const RuleSetSideInput = builder.inputType('RuleSetSide', {
  description: 'One document of a rule set: exactly one of the three.',
  fields: (t) => ({ version: t.string(), reviewId: t.id(), draft: t.boolean({ description: 'The draft as it stands.' }) }),
});

const expectations: Readonly<Record<string, string>> = {
  INPUT_INVALID: 'Expected exactly one of version, reviewId and draft',
  RULE_SET_VERSION_NOT_FOUND: 'Expected a published version of the rule set, but there is none',
  REVIEW_NOT_FOUND: 'Expected a review of the rule set, but there is none',
  NO_DRAFT: 'Expected a draft of the rule set, but there is none',
};

/** The document that an argument of a query names; an error of the request when there is none. */
export async function querySide(key: string, side: RuleSetSide, place: string, { database }: Pick<RequestContext, 'database'>): Promise<SideDocument> {
  try {
    return await readSide(key, side, place, database.prisma);
  } catch (error) {
    if (!(error instanceof RuleSetRefusal)) throw error;
    throw badArgument(error.code, place, expectations[error.code] ?? 'Expected a document of the rule set');
  }
}
