import type { Drawing } from '#bpmn';
import { defineDocument } from '../graphql/client.ts';
import { errorFields, localized } from '../graphql/fragments.ts';
import type { LocalizedText } from '../i18n/localized-text.ts';

/** One published version of a process. */
export interface PublishedVersion {
  readonly id: string;
  readonly hash: string;
  readonly version: string;
  readonly isCurrent: boolean;
  readonly publishedAt: string;
}

export interface PublishedProcess extends PublishedVersion {
  readonly key: string;
  readonly name: LocalizedText;
  /** Newest first. */
  readonly versions: readonly PublishedVersion[];
}

const versionFields = 'id hash version isCurrent publishedAt';

export const processesDocument = defineDocument<{ processDefinitions: readonly PublishedProcess[] }, Record<string, never>>(`
  query Processes { processDefinitions { ${versionFields} key name ${localized} versions { ${versionFields} } } }
`);

/** A version never changes. */
export const versionDocument = defineDocument<{ node: { readonly id: string; readonly document?: unknown } | null }, { id: string }>(`
  query ProcessVersion($id: ID!) { node(id: $id) { id ... on ProcessDefinition { document } } }
`);

export type Severity = 'ERROR' | 'WARNING' | 'INFO';

export interface ModelFinding {
  readonly code: string;
  readonly severity: Severity;
  readonly elementId: string | null;
  readonly elementName: string | null;
  readonly message: LocalizedText;
}

/** What the gateway says about a file. */
export interface CheckedModel {
  readonly processes: readonly { readonly processId: string; readonly name: LocalizedText; readonly isExecutable: boolean; readonly exploration: 'COMPLETE' | 'PARTIAL' | 'NONE' }[];
  readonly findings: readonly ModelFinding[];
  readonly findingCount: number;
  /** Null when nothing can be read. */
  readonly picture: Drawing | null;
}

export type ModelInput = { readonly bpmnXml: string } | { readonly definition: unknown };

export const checkModelDocument = defineDocument<Record<string, unknown>, { input: ModelInput }>(`
  mutation CheckProcessModel($input: CheckProcessModelInput!) {
    checkProcessModel(input: $input) {
      __typename
      ... on CheckProcessModelPayload {
        processes { processId name ${localized} isExecutable exploration }
        findings { code severity elementId elementName message ${localized} }
        findingCount
        picture
      }
      ${errorFields}
    }
  }
`);
