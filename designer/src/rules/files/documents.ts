import { defineDocument } from '../../graphql/client.ts';
import { errorFields, fileFindingFields, localized } from '../../graphql/fragments.ts';
import { defineCommand } from '../define-command.ts';
import type { RuleSetSide } from '../model.ts';
import type { RuleSetDomain } from '../rule-set-domain.ts';
import type { CheckedFile, ExportedFile, FileFormat, StandingRuleSet } from './model.ts';

/** What a file holds; nothing is stored. */
export const checkFileDocument = defineDocument<{ checkRuleSetFile: CheckedFile }, { input: { content: string } }>(`
  mutation CheckRuleSetFile($input: CheckRuleSetFileInput!) {
    checkRuleSetFile(input: $input) {
      __typename
      ... on CheckRuleSetFilePayload {
        format findings { ${fileFindingFields} } findingCount
        decisions { decisionId name canBeImported isOwn key ruleSetName ${localized} domain hitPolicy inputs outputs ruleCount findings { ${fileFindingFields} } findingCount }
      }
      ${errorFields}
    }
  }
`);

export interface ImportInput {
  readonly content: string;
  readonly decisionId: string;
  readonly key: string;
  readonly domain: RuleSetDomain;
  readonly expectedRevision: number;
}

export const importDocument = defineCommand<ImportInput>('ImportRuleSet', 'importRuleSet', 'ImportRuleSetInput', '... on ImportRuleSetPayload { draft { revision } }');

/** What stands under a key now, if anything. */
export const standingDocument = defineDocument<{ ruleSet: StandingRuleSet | null }, { key: string }>(`
  query StandingRuleSet($key: String!) {
    ruleSet(key: $key) { key name ${localized} domain revision viewerCan { edit } inEffect { version } draft { revision savedAt savedBy { id displayName } } review { id version } }
  }
`);

/** A rule set as a file. */
export const ruleSetFileDocument = defineDocument<{ ruleSetFile: ExportedFile }, { key: string; of: RuleSetSide; format: FileFormat }>(`
  query RuleSetFile($key: String!, $of: RuleSetSide!, $format: RuleSetFileFormat!) {
    ruleSetFile(key: $key, of: $of, format: $format) { fileName mediaType content findings { ${fileFindingFields} } }
  }
`);
