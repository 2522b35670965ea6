import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { DecisionModel, DmnDocument, DmnFinding } from '#dmn';
import { readJson, UsageError } from './process-folder.ts';

/** A file of decisions: its model and, for XML, its document; without a model, the findings say why. */
export interface ReadDecisions {
  readonly model?: DecisionModel;
  readonly document?: DmnDocument;
  /** Models among which those are that the file imports. */
  readonly imported: readonly DecisionModel[];
  readonly findings: readonly DmnFinding[];
}

/** What `--with` adds to the description of a command. */
export const withOption = ['--with <path>', 'DMN file that the file imports, or a folder of such (repeatable; by default the folder of the file)', (path: string, before: string[] | undefined): string[] => [...(before ?? []), path]] as const;

/** Whether the file's name is that of DMN. */
export function isDmn(file: string): boolean {
  return /\.dmn(\.xml)?$/i.test(file);
}

/**
 * Reads DMN XML, or a decision model as JSON, with all that keeps it from being executed. What it imports is looked for in the files and
 * folders given, else in its own folder. Throws UsageError when a file cannot be read.
 */
export async function readDecisions(file: string, beside: readonly string[] = []): Promise<ReadDecisions> {
  const { checkDecisionModel, compiledModel, parseDmnXml, toDecisionModel } = await import('#dmn');
  const parse = (path: string): { readonly document?: DmnDocument; readonly model?: DecisionModel; readonly findings: readonly DmnFinding[] } => {
    const { document, findings } = parseDmnXml(readText(path));
    if (!document) return { findings };
    const imported = toDecisionModel(document);
    return { document, model: imported.model, findings: [...findings, ...imported.findings] };
  };
  const json = isDmn(file) ? undefined : readJson(file);
  const own = isDmn(file) ? parse(file) : checkDecisionModel(json);
  if (!own.model) return { imported: [], findings: own.findings };
  const others = (own.model.imports ?? []).length === 0 ? [] : filesBeside(file, beside).map(parse);
  const imported = others.flatMap(({ model }) => (model ? [model] : []));
  const { linked, findings } = compiledModel(own.model, imported);
  const used = new Set(linked.models.map(({ model }) => model));
  const ofOthers = others.filter(({ model }) => !model || used.has(model)).flatMap((other) => other.findings);
  return { ...own, imported, findings: [...(isDmn(file) ? [...own.findings, ...findings] : checkDecisionModel(json, imported).findings), ...ofOthers] };
}

function filesBeside(file: string, beside: readonly string[]): string[] {
  const paths = (beside.length === 0 ? [dirname(file)] : beside).flatMap((path) => (isFolder(path) ? readdirSync(path).filter(isDmn).sort().map((name) => join(path, name)) : [path]));
  return [...new Set(paths.map((path) => resolve(path)))].filter((path) => path !== resolve(file));
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function readText(file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    const why = error instanceof TypeError ? 'is no UTF-8' : `cannot be read (${error instanceof Error && 'code' in error ? String(error.code) : 'unknown'})`;
    throw new UsageError(`Expected a readable DMN file in UTF-8, but ${file} ${why}`);
  }
}
