import { readFileSync } from 'node:fs';
import type { DecisionModel, DmnDocument, DmnFinding } from '#dmn';
import { readJson, UsageError } from './process-folder.ts';

/** A file of decisions: its model and, for XML, its document; without a model, the findings say why. */
export interface ReadDecisions {
  readonly model?: DecisionModel;
  readonly document?: DmnDocument;
  readonly findings: readonly DmnFinding[];
}

/** Whether the file's name is that of DMN. */
export function isDmn(file: string): boolean {
  return /\.dmn(\.xml)?$/i.test(file);
}

/** Reads DMN XML, or a decision model as JSON, with all that keeps it from being executed. Throws UsageError when the file cannot be read. */
export async function readDecisions(file: string): Promise<ReadDecisions> {
  const { checkDecisionModel, compiledModel, parseDmnXml, toDecisionModel } = await import('#dmn');
  if (!isDmn(file)) return checkDecisionModel(readJson(file));
  const { document, findings } = parseDmnXml(readText(file));
  if (!document) return { findings };
  const imported = toDecisionModel(document);
  return { model: imported.model, document, findings: [...findings, ...imported.findings, ...compiledModel(imported.model).findings] };
}

function readText(file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    const why = error instanceof TypeError ? 'is no UTF-8' : `cannot be read (${error instanceof Error && 'code' in error ? String(error.code) : 'unknown'})`;
    throw new UsageError(`Expected a readable DMN file in UTF-8, but ${file} ${why}`);
  }
}
