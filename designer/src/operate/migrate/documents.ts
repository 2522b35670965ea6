import { defineDocument } from '../../graphql/client.ts';
import { errorFields, localized } from '../../graphql/fragments.ts';
import type { JsonObject } from '../../graphql/model.ts';
import type { LocalizedText } from '../../i18n/localized-text.ts';

export type ElementMappingInput = { readonly elementId: string; readonly targetElementId: string };

/** Where an element goes in the other version; null where nothing fits. */
export interface ElementMappingEntry {
  readonly elementId: string;
  readonly targetElementId: string | null;
  readonly isActive: boolean;
  readonly isGenerated: boolean;
}

/** What keeps the case from going on in the other version, at an element or as a whole. */
export interface MigrationFinding {
  readonly elementId: string | null;
  readonly message: LocalizedText;
}

export interface Version {
  readonly id: string;
  readonly hash: string;
  readonly version: string;
  readonly isCurrent: boolean;
  readonly publishedAt: string;
}

/** The dry run of a migration: the mapping as it would be used, and what stands against it. */
export interface MigrationPlan {
  readonly target: Version & { readonly document: unknown };
  readonly mapping: readonly ElementMappingEntry[];
  readonly findings: readonly MigrationFinding[];
  readonly canMigrate: boolean;
}

const versionFields = 'id hash version isCurrent publishedAt';

/** The versions of the case's process, newest first. */
export const versionsDocument = defineDocument<{ processInstance: { readonly id: string; readonly definition: { readonly id: string; readonly versions: readonly Version[] } } | null }, { id: string }>(`
  query VersionsOfProcess($id: ID!) { processInstance(id: $id) { id definition { id versions { ${versionFields} } } } }
`);

export const migrationPlanDocument = defineDocument<{ migrationPlan: unknown }, { instanceId: string; targetHash: string; mapping: readonly ElementMappingInput[] | null }>(`
  query MigrationPlan($instanceId: ID!, $targetHash: String!, $mapping: [ElementMappingInput!]) {
    migrationPlan(instanceId: $instanceId, targetHash: $targetHash, mapping: $mapping) {
      __typename
      ... on MigrationPlan {
        target { ${versionFields} document }
        mapping { elementId targetElementId isActive isGenerated }
        findings { elementId message ${localized} }
        canMigrate
      }
      ${errorFields}
    }
  }
`);

interface CommandInput {
  readonly instanceId: string;
  readonly reason: string;
  readonly idempotencyKey: string;
}

export const migrateInstanceDocument = defineDocument<Record<string, unknown>, { input: CommandInput & { readonly targetHash: string; readonly mapping: readonly ElementMappingInput[] } }>(`
  mutation MigrateProcessInstance($input: MigrateProcessInstanceInput!) {
    migrateProcessInstance(input: $input) { __typename ... on MigrateProcessInstancePayload { pending processInstance { id status } } ${errorFields} }
  }
`);

export const reopenInstanceDocument = defineDocument<Record<string, unknown>, { input: CommandInput & { readonly elementIds: readonly string[]; readonly variables?: JsonObject } }>(`
  mutation ReopenProcessInstance($input: ReopenProcessInstanceInput!) {
    reopenProcessInstance(input: $input) { __typename ... on ReopenProcessInstancePayload { pending processInstance { id status } } ${errorFields} }
  }
`);
