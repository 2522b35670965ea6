import { subjectOf, type RowType } from '../identity/subjects.ts';
import type { RequestContext } from './context.ts';

/** What `maskedFields` of a type is for. */
export const maskedFieldsDescription = 'Fields of this row that are hidden from the viewer, wholly or in part, by their names; see docs/access-policy.md.';

/** The resolver of `maskedFields`: what the policy hides of the row from the viewer. */
export function maskedFieldsOf<Type extends RowType>(type: Type) {
  return async (row: Parameters<typeof subjectOf<Type>>[1], _args: object, { access }: RequestContext): Promise<string[]> => [...(await access.maskedFields(type, subjectOf(type, row)))];
}
