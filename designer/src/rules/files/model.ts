import type { MadeFile } from '../../app/save-file.ts';
import type { LocalizedText } from '../../i18n/localized-text.ts';
import type { Person } from '../person.ts';
import type { RuleSetDomain } from '../rule-set-domain.ts';

export type FileFormat = 'DMN' | 'JSON';

/** What a file is refused for (ERROR), or what an owner should look at. */
export interface FileFinding {
  readonly code: string;
  readonly severity: 'ERROR' | 'WARNING' | 'INFO';
  readonly elementId: string | null;
  readonly elementName: string | null;
  readonly place: string | null;
  readonly ruleId: string | null;
  /** Of a cell: its row in the file, from 1. */
  readonly row: number | null;
  readonly column: string | null;
  readonly text: string | null;
  readonly message: LocalizedText;
}

/** A decision of a file; what is null of the rule set is so because it cannot be one. */
export interface FileDecision {
  readonly decisionId: string;
  readonly name: string;
  readonly canBeImported: boolean;
  /** The file says key and domain rather than suggesting them. */
  readonly isOwn: boolean;
  readonly key: string | null;
  readonly ruleSetName: LocalizedText | null;
  readonly domain: RuleSetDomain | null;
  readonly hitPolicy: string | null;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly ruleCount: number | null;
  readonly findings: readonly FileFinding[];
  readonly findingCount: number;
}

export interface CheckedFile {
  readonly format: FileFormat;
  readonly decisions: readonly FileDecision[];
  readonly findings: readonly FileFinding[];
  readonly findingCount: number;
}

export interface ExportedFile extends MadeFile {
  readonly findings: readonly FileFinding[];
}

/** What stands under a key now. */
export interface StandingRuleSet {
  readonly key: string;
  readonly name: LocalizedText;
  readonly domain: RuleSetDomain;
  readonly revision: number;
  readonly viewerCan: { readonly edit: boolean };
  readonly inEffect: { readonly version: string } | null;
  readonly draft: { readonly revision: number; readonly savedAt: string; readonly savedBy: Person } | null;
  readonly review: { readonly id: string; readonly version: string } | null;
}

/** The file that a draft was made of. */
export interface ImportedFile {
  readonly importedAt: string;
  readonly importedBy: Person;
  readonly format: FileFormat;
  readonly findings: readonly FileFinding[];
}
