import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe } from './check.ts';
import { isDmn, readDecisions } from './dmn-file.ts';
import { UsageError } from './process-folder.ts';

/** Reads a DMN file and says what of it can be executed. Gives the exit code: 0, or 1 with an error finding. Throws UsageError. */
export async function importDmn(file: string, { out, json, with: beside }: { readonly out?: string; readonly json?: boolean; readonly with?: readonly string[] }): Promise<number> {
  const { model, findings } = await readDecisions(file, beside);
  const isOk = model !== undefined && findings.every(({ severity }) => severity !== 'error');
  if (out !== undefined && model) {
    mkdirSync(out, { recursive: true });
    const stem = basename(file).replace(/\.dmn(\.xml)?$/i, '');
    writeFileSync(join(out, `${stem}.decisions.json`), `${JSON.stringify(model, null, 2)}\n`);
    // With the file beside it, an export keeps the diagram and foreign extensions.
    writeFileSync(join(out, `${stem}.dmn`), readFileSync(file));
  }
  if (json) process.stdout.write(`${JSON.stringify({ ok: isOk, findings, ...(model ? { model } : {}) }, null, 2)}\n`);
  else {
    const refused = new Set(findings.filter(({ severity }) => severity === 'error').map(({ elementId }) => elementId));
    const lines = (model?.decisions ?? []).map(({ id, name }) => `${name}: ${refused.has(id) ? '不可执行 / not executable' : '可执行 / executable'}\n`);
    process.stdout.write(`${findings.map(describe).join('')}${lines.join('')}${isOk ? '通过 / passed' : '有错误 / with errors'}\n`);
  }
  return isOk ? 0 : 1;
}

/** Writes a decision model, or a DMN file of any version, as DMN 1.5. Gives the exit code: 0, or 1 when the model is none. Throws UsageError. */
export async function exportDmn(file: string, { dmn, out }: { readonly dmn?: string; readonly out?: string }): Promise<number> {
  const { fromDecisionModel, writeDmnXml } = await import('#dmn');
  const { model, document, imported, findings } = await readDecisions(file);
  const source = dmn === undefined ? document : (await readDecisions(dmn)).document;
  if (dmn !== undefined && !source) throw new UsageError(`Expected DMN in ${dmn}, but it is none`);
  if (!model) {
    process.stderr.write(findings.map(describe).join(''));
    return 1;
  }
  const xml = writeDmnXml(fromDecisionModel(model, source, imported));
  if (out === undefined) process.stdout.write(xml);
  else writeFileSync(out, xml);
  return 0;
}

/** Whether an export is one of decisions: DMN, or a model as `import` writes it. */
export function isDecisions(file: string): boolean {
  return isDmn(file) || file.endsWith('.decisions.json');
}
