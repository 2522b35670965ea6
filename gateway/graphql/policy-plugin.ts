import SchemaBuilder, { BasePlugin, type PothosOutputFieldConfig, type SchemaTypes } from '@pothos/core';
import { fieldPolicy, operationPolicy } from '../identity/policy.ts';

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
 * one; each field with a row of its own is masked for those who may not see it.
 */
export class CareloopPolicyPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override onOutputFieldConfig(fieldConfig: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    const key = `${fieldConfig.parentType}.${fieldConfig.name}`;
    if (rootTypes.includes(fieldConfig.parentType)) {
      if (!operationPolicy[key]) throw new Error(`Expected a policy for ${key}, but identity/policy.ts has none`);
      return withOptions(fieldConfig, { authScopes: { call: key } });
    }
    if (!fieldPolicy[key]) return fieldConfig;
    const masked = fieldConfig.type.kind === 'List' ? [] : null;
    return withOptions(fieldConfig, { authScopes: { see: key }, unauthorizedResolver: () => masked });
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
