import type { JsonObject } from '../graphql/model.ts';

/**
 * The order of a form's fields when the form says none: the required ones as the form lists them, then the rest.
 * The order of properties itself is lost on the way through the database.
 */
export function fieldOrder(schema: JsonObject): string[] {
  const { required } = schema;
  const first = Array.isArray(required) ? required.filter((name): name is string => typeof name === 'string') : [];
  return [...first, '*'];
}
