import { readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { DecisionModel, DmnDocument, DmnFinding } from '#dmn';
import { readContent, requireKind } from './model-file.ts';
import { readJson } from './process-folder.ts';

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
  const parse = async (path: string): Promise<{ readonly document?: DmnDocument; readonly model?: DecisionModel; readonly findings: readonly DmnFinding[] }> => {
    const { document, findings } = parseDmnXml(requireKind(await readContent(path), 'dmn', path));
    if (!document) return { findings };
    const imported = toDecisionModel(document);
    return { document, model: imported.model, findings: [...findings, ...imported.findings] };
  };
  // By its content; what is too damaged for that, by its name.
  const isXml = isDmn(file) || (await readContent(file)).kind === 'dmn';
  const json = isXml ? undefined : readJson(file);
  const own = isXml ? await parse(file) : checkDecisionModel(json);
  if (!own.model) return { imported: [], findings: own.findings };
  const others = (own.model.imports ?? []).length === 0 ? [] : await Promise.all(filesBeside(file, beside).map(parse));
  const imported = others.flatMap(({ model }) => (model ? [model] : []));
  const { linked, findings } = compiledModel(own.model, imported);
  const used = new Set(linked.models.map(({ model }) => model));
  const ofOthers = others.filter(({ model }) => !model || used.has(model)).flatMap((other) => other.findings);
  return { ...own, imported, findings: [...(isXml ? [...own.findings, ...findings] : checkDecisionModel(json, imported).findings), ...ofOthers] };
}

function filesBeside(file: string, beside: readonly string[]): string[] {
  const paths = (beside.length === 0 ? [dirname(file)] : beside).flatMap((path) => (isFolder(path) ? readdirSync(path).filter(isDmn).sort().map((name) => join(path, name)) : [path]));
  return [...new Set(paths.map((path) => resolve(path)))].filter((path) => path !== resolve(file));
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
