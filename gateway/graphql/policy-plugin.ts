import SchemaBuilder, { BasePlugin, type PothosOutputFieldConfig, type SchemaTypes } from '@pothos/core';
import type { GraphQLFieldResolver } from 'graphql';
import { canBeMasked } from '../identity/access.ts';
import { operationPolicy } from '../identity/policy.ts';
import { maskedTexts } from '../identity/policy/fields.ts';
import { isRowType } from '../identity/subjects.ts';
import type { RequestContext } from './context.ts';

const pluginName = 'careloopPolicy';

declare global {
  // Pothos finds a plugin's type by this registry.
  // eslint-disable-next-line @typescript-eslint/no-namespace
  export namespace PothosSchemaTypes {
    export interface Plugins<Types extends SchemaTypes> {
      careloopPolicy: CareloopPolicyPlugin<Types>;
    }
  }
}

const rootTypes = ['Query', 'Mutation', 'Subscription'];

/**
 * Puts the policy table on the schema: each operation gets the scope of its row, and cannot be built without
 * one; each field with a row of its own is masked where no relation of the row holds between viewer and parent.
 */
export class CareloopPolicyPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override onOutputFieldConfig(fieldConfig: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    const key = `${fieldConfig.parentType}.${fieldConfig.name}`;
    if (!rootTypes.includes(fieldConfig.parentType)) return fieldConfig;
    if (!operationPolicy[key]) throw new Error(`Expected a policy for ${key}, but identity/policy.ts has none`);
    return withOptions(fieldConfig, { authScopes: { call: key } });
  }

  override wrapResolve(resolver: GraphQLFieldResolver<unknown, Types['Context'], object>, fieldConfig: PothosOutputFieldConfig<Types>): GraphQLFieldResolver<unknown, Types['Context'], object> {
    const type = fieldConfig.parentType;
    const key = `${type}.${fieldConfig.name}`;
    if (!isRowType(type) || !canBeMasked(key)) return resolver;
    const text = maskedTexts[key];
    const masked = fieldConfig.type.kind === 'List' ? [] : null;
    return (parent, args, context, info) => {
      // The builder's context is the request's; a parent of a row type is a row of it.
      const { access, language } = context as unknown as RequestContext;
      const isSeen = access.seesOf(type, parent as never, key);
      if (isSeen === true) return resolver(parent, args, context, info);
      if (isSeen === false) return text?.[language] ?? masked;
      return isSeen.then((isSeenNow) => (isSeenNow ? resolver(parent, args, context, info) : (text?.[language] ?? masked)));
    };
  }
}

function withOptions<Types extends SchemaTypes>(fieldConfig: PothosOutputFieldConfig<Types>, options: object): PothosOutputFieldConfig<Types> {
  // The option types differ by field kind; these are options of the scope-auth plugin for every kind.
  return { ...fieldConfig, pothosOptions: { ...fieldConfig.pothosOptions, ...options } } as PothosOutputFieldConfig<Types>;
}

// A plugin is registered once a process, also when tests load this module again.
SchemaBuilder.registerPlugin(pluginName, CareloopPolicyPlugin);

/** The name under which builders take the plugin. */
export const PolicyPlugin = pluginName;
