import SchemaBuilder from '@pothos/core';
import ErrorsPlugin from '@pothos/plugin-errors';
import PrismaPlugin from '@pothos/plugin-prisma';
import RelayPlugin from '@pothos/plugin-relay';
import ScopeAuthPlugin from '@pothos/plugin-scope-auth';
import ValidationPlugin from '@pothos/plugin-validation';
import { GraphQLError } from 'graphql';
import type { Json } from '#engine';
import type PrismaTypes from '../prisma/generated/pothos-types.ts';
import { getDatamodel } from '../prisma/generated/pothos-types.ts';
import { mayCall } from '../identity/policy.ts';
import type { RequestContext } from './context.ts';
import { DateTime } from './date-time.ts';
import { PolicyPlugin } from './policy-plugin.ts';
import { ReauthenticationPlugin } from './reauthentication-plugin.ts';
import { forbidden, invalidInput } from './request-errors.ts';

/** The types that Pothos reads off the builder. */
export interface SchemaTypes {
  Context: RequestContext;
  PrismaTypes: PrismaTypes;
  Scalars: { DateTime: { Input: Date; Output: Date }; JSON: { Input: Json; Output: unknown }; ID: { Input: string; Output: string } };
  AuthScopes: { call: string };
  DefaultFieldNullability: false;
  DefaultEdgesNullability: false;
  DefaultNodeNullability: false;
}

/** Most rows of one page; asking for more is an error, not silently less. */
export const maximumPageSize = 100;

/** A builder with every plugin. Outermost first: errors become typed results also when authorisation raised them. */
function createBuilder() {
  const builder = new SchemaBuilder<SchemaTypes>({
    plugins: [ErrorsPlugin, PolicyPlugin, ScopeAuthPlugin, ReauthenticationPlugin, RelayPlugin, PrismaPlugin, ValidationPlugin],
    defaultFieldNullability: false,
    errors: { directResult: true, unsafelyHandleInputErrors: true },
    scopeAuth: {
      authorizeOnSubscribe: true,
      authScopes: ({ viewer }) => ({ call: (operation) => mayCall(operation, viewer.roles) }),
      unauthorizedError: (_parent, { reads }, info) => {
        const operation = `${info.parentType.name}.${info.fieldName}`;
        reads.refuse(operation);
        return forbidden(operation);
      },
    },
    relay: { clientMutationId: 'omit', cursorType: 'String', nodeQueryOptions: false, nodesQueryOptions: false, edgesFieldOptions: { nullable: false }, nodeFieldOptions: { nullable: false } },
    prisma: { client: ({ database }) => database.prisma, dmmf: getDatamodel(), onUnusedQuery: null, maxConnectionSize: maximumPageSize, defaultConnectionSize: 50 },
    validation: { validationError: (failure) => invalidInput(failure.issues[0]?.path?.map((part) => String(typeof part === 'object' ? part.key : part)) ?? [], failure.issues[0]?.message ?? 'Expected valid input') },
  });
  builder.queryType({});
  builder.mutationType({});
  builder.subscriptionType({});
  builder.addScalarType('DateTime', DateTime);
  builder.scalarType('JSON', {
    description: 'Any JSON value (RFC 8259).',
    serialize: (value) => value,
    parseValue: (value) => {
      refuseUnsafeKeys(value, 0);
      // Parsed from the request's JSON, or from literals of the operation.
      return value as Json;
    },
  });
  return builder;
}

/** A key that would reach an object's prototype, or a depth that would exhaust the stack, is no data. */
function refuseUnsafeKeys(value: unknown, depth: number): void {
  if (depth > 64) throw new GraphQLError('Expected JSON of at most 64 levels, but it is deeper', { extensions: { code: 'INPUT_INVALID' } });
  if (Array.isArray(value)) for (const item of value) refuseUnsafeKeys(item, depth + 1);
  else if (typeof value === 'object' && value !== null) {
    if (Object.hasOwn(value, '__proto__')) throw new GraphQLError('Expected JSON without the key __proto__, but it has one', { extensions: { code: 'INPUT_INVALID' } });
    for (const item of Object.values(value)) refuseUnsafeKeys(item, depth + 1);
  }
}

/** The one builder of the schema; every type module adds to it. */
export const builder = createBuilder();
