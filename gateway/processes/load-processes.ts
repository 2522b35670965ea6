import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { allElements, check, parseDefinition, type ProcessDefinition } from '#engine';
import { checkRuleSet, contentCasesSchema, ruleSetDocumentSchema, type ContentCasesFile, type RuleSetDocument } from '#rules';

const formSchema = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/),
  title: z.object({ 'zh-CN': z.string().min(1), en: z.string().min(1) }),
  /** JSON Schema of the completion's data. */
  schema: z.looseObject({ type: z.literal('object') }),
  uiSchema: z.record(z.string(), z.unknown()),
});
/** A user task's form: JSON Schema, how to show it, and its title. */
export type FormDocument = z.infer<typeof formSchema>;

/** A process folder, read and checked: definition, rule sets and forms. */
export interface LoadedProcess {
  readonly definition: ProcessDefinition;
  readonly ruleSets: readonly RuleSetDocument[];
  readonly forms: readonly FormDocument[];
}

/** A file of a process folder cannot be published; `findings` say what and where. */
export class ProcessFolderError extends Error {
  readonly code = 'PROCESS_FOLDER_INVALID';
  readonly findings: readonly string[];

  constructor(file: string, findings: readonly string[]) {
    super(`Expected ${file} to be publishable, but: ${findings.slice(0, 5).join('; ')}`);
    this.name = 'ProcessFolderError';
    this.findings = findings;
  }
}

/** Reads every process under `processes/`, by key. Throws ProcessFolderError. */
export function loadProcesses(folder: string): readonly LoadedProcess[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'process.json')))
    .map((entry) => loadProcess(join(folder, entry.name)))
    .sort((a, b) => (a.definition.key < b.definition.key ? -1 : 1));
}

/** Reads the rule sets that belong to no process: `KEY/rule-set.json` under the folder, by key. Throws ProcessFolderError. */
export function loadRuleLibrary(folder: string): readonly RuleSetDocument[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'rule-set.json')))
    .map((entry) => readRuleSet(join(folder, entry.name, 'rule-set.json')))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** A rule set with the cases that came with it. */
export interface RuleSetWithCases {
  readonly document: RuleSetDocument;
  readonly cases: ContentCasesFile;
}

/**
 * Reads the cases that come with the rule sets of a process (`rules/*.json`, `rule-cases/*.json`) or of a library folder
 * (`KEY/rule-set.json`, `KEY/cases.json`); a rule set without cases is left out. Throws ProcessFolderError.
 */
export function loadContentCases(folder: string): readonly RuleSetWithCases[] {
  const pairs = existsSync(join(folder, 'rules'))
    ? jsonFiles(join(folder, 'rules')).map((file) => [file, join(folder, 'rule-cases', basename(file))] as const)
    : readdirSync(folder).sort().map((name) => [join(folder, name, 'rule-set.json'), join(folder, name, 'cases.json')] as const);
  return pairs.filter((files) => files.every(existsSync)).map(([file, cases]) => readCases(readRuleSet(file), cases));
}

function readCases(document: RuleSetDocument, file: string): RuleSetWithCases {
  const read = contentCasesSchema.safeParse(readJson(file));
  if (!read.success) throw new ProcessFolderError(file, read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  if (read.data.ruleSet !== document.key) throw new ProcessFolderError(file, [`ruleSet: Expected "${document.key}", but found "${read.data.ruleSet}"`]);
  return { document, cases: read.data };
}

/** Reads one process folder: `process.json`, `rules/*.json`, `forms/*.json`. Throws ProcessFolderError. */
export function loadProcess(folder: string): LoadedProcess {
  const file = join(folder, 'process.json');
  const parsed = parseDefinition(readJson(file));
  if (!parsed.ok) throw new ProcessFolderError(file, parsed.findings.map(describe));
  const errors = check(parsed.definition).filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new ProcessFolderError(file, errors.map(describe));
  const ruleSets = jsonFiles(join(folder, 'rules')).map(readRuleSet);
  const forms = jsonFiles(join(folder, 'forms')).map(readForm);
  requireParts(file, parsed.definition, ruleSets, forms);
  return { definition: parsed.definition, ruleSets, forms };
}

function readRuleSet(file: string): RuleSetDocument {
  const json = readJson(file);
  const findings = checkRuleSet(json);
  if (findings.length > 0) throw new ProcessFolderError(file, findings.map(({ path, message }) => `${path ?? '/'}: ${message}`));
  return ruleSetDocumentSchema.parse(json);
}

function readForm(file: string): FormDocument {
  const parsed = formSchema.safeParse(readJson(file));
  if (!parsed.success) throw new ProcessFolderError(file, parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  return parsed.data;
}

/** Every form and rule set that the definition names must be in the folder, the pinned ones in that version. */
function requireParts(file: string, definition: ProcessDefinition, ruleSets: readonly RuleSetDocument[], forms: readonly FormDocument[]): void {
  const findings = allElements(definition).flatMap((element) => {
    if (element.type === 'userTask') {
      const wanted = [element.form, ...(element.verification?.form === undefined ? [] : [element.verification.form])];
      return wanted.filter((form) => !forms.some(({ key }) => key === form)).map((form) => `${element.id}: Expected a form "${form}" in forms/, but there is none`);
    }
    if (element.type !== 'businessRuleTask') return [];
    const { ruleSet, binding } = element;
    const isThere = ruleSets.some(({ key, version }) => key === ruleSet && (binding.kind === 'inEffect' || version === binding.version));
    return isThere ? [] : [`${element.id}: Expected rule set "${ruleSet}"${binding.kind === 'pinned' ? ` in version ${binding.version}` : ''} in rules/, but there is none`];
  });
  if (findings.length > 0) throw new ProcessFolderError(file, findings);
}

function describe({ elementId, path, message }: { readonly elementId?: string; readonly path?: string; readonly message: string }): string {
  return `${elementId ?? path ?? '/'}: ${message}`;
}

function jsonFiles(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => name.endsWith('.json')).sort().map((name) => join(folder, name));
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new ProcessFolderError(file, ['/: Expected readable JSON']);
  }
}
