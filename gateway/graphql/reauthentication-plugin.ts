import SchemaBuilder, { BasePlugin, type PothosOutputFieldConfig, type SchemaTypes } from '@pothos/core';
import type { GraphQLFieldResolver } from 'graphql';
import { graveOperations, ReauthenticationRequired, requireRecentAuthentication } from '../identity/authentication.ts';
import type { RequestContext } from './context.ts';
import { ForbiddenError } from './expected-errors.ts';
import { refused } from './refuse.ts';

const pluginName = 'careloopReauthentication';

declare global {
  // Pothos finds a plugin's type by this registry.
  // eslint-disable-next-line @typescript-eslint/no-namespace
  export namespace PothosSchemaTypes {
    export interface Plugins<Types extends SchemaTypes> {
      careloopReauthentication: CareloopReauthenticationPlugin<Types>;
    }
  }
}

/** Lets acts of gravity pass only soon after a sign-in or a factor; otherwise a ForbiddenError with REAUTHENTICATION_REQUIRED, on record. */
export class CareloopReauthenticationPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override wrapResolve(resolver: GraphQLFieldResolver<unknown, Types['Context'], object>, fieldConfig: PothosOutputFieldConfig<Types>): GraphQLFieldResolver<unknown, Types['Context'], object> {
    if (!graveOperations.includes(`${fieldConfig.parentType}.${fieldConfig.name}`)) return resolver;
    return async (root, args, context, info) => {
      // The builder's one context.
      const { viewer } = context as unknown as RequestContext;
      try {
        requireRecentAuthentication(viewer);
      } catch (error) {
        if (!(error instanceof ReauthenticationRequired)) throw error;
        throw await refused(new ForbiddenError({ code: error.code, detail: error.message }), {}, context as unknown as RequestContext);
      }
      return resolver(root, args, context, info) as unknown;
    };
  }
}

// A plugin is registered once a process, also when tests load this module again.
SchemaBuilder.registerPlugin(pluginName, CareloopReauthenticationPlugin);

/** The name under which builders take the plugin. */
export const ReauthenticationPlugin = pluginName;
