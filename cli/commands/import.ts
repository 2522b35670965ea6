import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { CheckFinding, ProcessDefinition } from '#engine';
import { readBpmn } from './bpmn-file.ts';
import { describe, guarded } from './check.ts';
import { isDmn, withOption } from './dmn-file.ts';
import { importDmn } from './interchange-dmn.ts';
import { readContent } from './model-file.ts';
import { UsageError } from './process-folder.ts';

interface Options {
  readonly process?: string;
  readonly out?: string;
  readonly json?: boolean;
  readonly with?: readonly string[];
}

/** A process of the file: its executable form, or why it has none. */
interface ImportedProcess {
  readonly id: string;
  readonly definition?: ProcessDefinition;
  readonly findings: readonly CheckFinding[];
}

interface ImportResult {
  readonly ok: boolean;
  /** Of the file as a whole. */
  readonly findings: readonly CheckFinding[];
  readonly processes: readonly ImportedProcess[];
}

/**
 * `careloop import FILE.bpmn`: the executable form of each process of a BPMN file, with what keeps it from being executed.
 * Of a DMN file, its decisions, and which of them are rule sets. Exit 0 when all can be executed, 1 with an error finding, 2 for wrong usage.
 */
export function registerImport(program: Command): void {
  program
    .command('import')
    .description('read BPMN 2.0 or DMN 1.1 to 1.5 XML and say what of it can be executed (docs/bpmn-interchange.md, docs/dmn.md)')
    .argument('<file>', 'BPMN 2.0 XML, or DMN XML; which of them, its content says')
    .option('--process <id>', 'only this process; all of them by default')
    .option('--out <folder>', 'write <folder>/<key>/process.json and process.bpmn for each process that can be executed; for DMN <name>.decisions.json, <name>.dmn and <key>.rules.json for each rule set')
    .option(...withOption)
    .option('--json', 'print one JSON document, definitions included')
    .action(async (file: string, options: Options, command: Command) => {
      await guarded(command, async () => {
        const { kind } = await readContent(file);
        if (kind === 'dmn' || (kind === 'xml' && isDmn(file))) {
          process.exitCode = await importDmn(file, options);
          return;
        }
        const { result, bytes } = await run(file, options.process);
        if (options.out !== undefined) for (const { definition } of result.processes) if (definition) write(options.out, definition, bytes);
        process.stdout.write(options.json ? `${JSON.stringify(result, null, 2)}\n` : describeResult(result));
        process.exitCode = result.ok ? 0 : 1;
      });
    });
}

async function run(file: string, processId: string | undefined): Promise<{ readonly result: ImportResult; readonly bytes: Uint8Array }> {
  const [{ processesOf, toProcessDefinition }, { check }] = [await import('#bpmn'), await import('#engine')];
  const { document, findings, bytes } = await readBpmn(file);
  const known = document ? processesOf(document) : [];
  if (document && processId !== undefined && !known.some(({ id }) => id === processId)) {
    throw new UsageError(`Expected a process of the file, but ${processId} is none; it has: ${known.map(({ id }) => id).join(', ') || 'no process'}`);
  }
  const wanted = known.filter(({ id }) => processId === undefined || id === processId);
  const processes = wanted.flatMap(({ id }): ImportedProcess[] => {
    const form = document ? toProcessDefinition(document, id) : { findings: [] };
    const checked = 'definition' in form && form.definition ? check(form.definition) : [];
    return [{ id, ...form, findings: [...form.findings, ...checked] }];
  });
  const isOk = [...findings, ...processes.flatMap((each) => each.findings)].every(({ severity }) => severity !== 'error');
  return { result: { ok: document !== undefined && isOk, findings, processes }, bytes };
}

function write(out: string, definition: ProcessDefinition, bytes: Uint8Array): void {
  const folder = join(out, definition.key);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'process.json'), `${JSON.stringify(definition, null, 2)}\n`);
  // With the file beside it, an export keeps layout, lanes and foreign extensions.
  writeFileSync(join(folder, 'process.bpmn'), bytes);
}

function describeResult({ findings, processes, ok }: ImportResult): string {
  const lines = processes.map(({ id, definition, findings: own }) => {
    const errors = own.filter(({ severity }) => severity === 'error').length;
    const state = definition && errors === 0 ? `可执行 / executable, ${definition.flowElements.length} elements` : `不可执行 / not executable, ${errors} error(s)`;
    return `${id}: ${state}\n${own.map((finding) => `  ${describe(finding)}`).join('')}`;
  });
  return `${findings.map(describe).join('')}${lines.join('')}${ok ? '通过 / passed' : '有错误 / with errors'}\n`;
}
