import { GraphQLError, GraphQLScalarType } from 'graphql';
import { DateTimeISOResolver } from 'graphql-scalars';
import { isStorableInstant } from '../storable-instant.ts';

const iso = DateTimeISOResolver.toConfig();

function storable(instant: Date): Date {
  if (!isStorableInstant(instant)) throw new GraphQLError('Expected an instant of the years 1 to 9999, but it is of another', { extensions: { code: 'INPUT_INVALID' } });
  return instant;
}

/** ISO 8601 instants of the years that PostgreSQL and JavaScript write alike. */
export const DateTime = new GraphQLScalarType({
  ...iso,
  name: 'DateTime',
  parseValue: (value) => storable(iso.parseValue(value)),
  parseLiteral: (node, variables) => storable(iso.parseLiteral(node, variables)),
});
