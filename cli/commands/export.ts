import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { BpmnDocument } from '#bpmn';
import { readBpmn } from './bpmn-file.ts';
import { describe, guarded } from './check.ts';
import { exportDmn, exportRuleSet, isDecisions, isRuleSet } from './interchange-dmn.ts';
import { readProcess, UsageError, type ProcessFolder } from './process-folder.ts';
import { DefinitionRefused } from './simulate.ts';

interface Options {
  readonly bpmn?: string;
  readonly dmn?: string | true;
  readonly out?: string;
}

/**
 * `careloop export PROCESS`: BPMN 2.0 XML of a definition, DMN 1.5 XML of decisions and rule sets. Exit 0, 1 when the definition is none or a rule set
 * has conditions that only Careloop executes, 2 for wrong usage.
 */
export function registerExport(program: Command): void {
  program
    .command('export')
    .description('write a process definition as BPMN 2.0 XML, or decisions or a rule set as DMN 1.5 XML (docs/bpmn-interchange.md, docs/dmn.md)')
    .argument('<file>', 'definition (JSON), process folder, rule set (JSON), decision model (.decisions.json) or DMN file')
    .option('--bpmn <file>', 'the BPMN that it was imported from, whose layout and extensions are kept; process.bpmn of the folder by default')
    .option('--dmn [file]', 'write DMN; with the file that the decisions or the rule set were imported from, its diagram and extensions are kept')
    .option('--out <file>', 'write there; to stdout by default')
    .action(async (file: string, options: Options, command: Command) => {
      await guarded(command, async () => {
        if (isRuleSet(file)) {
          process.exitCode = await exportRuleSet(file, options);
          return;
        }
        if (isDecisions(file)) {
          process.exitCode = await exportDmn(file, options);
          return;
        }
        if (options.dmn !== undefined) throw new UsageError(`Expected a rule set, a decision model or a DMN file for --dmn, but ${file} is none`);
        try {
          const xml = await exported(readProcess(file), options.bpmn);
          if (options.out === undefined) process.stdout.write(xml);
          else writeFileSync(options.out, xml);
        } catch (error) {
          if (!(error instanceof DefinitionRefused)) throw error;
          process.stderr.write(error.message);
          process.exitCode = 1;
        }
      });
    });
}

async function exported(folder: ProcessFolder, bpmnFile: string | undefined): Promise<string> {
  const [{ fromProcessDefinition, writeBpmnXml }, { parseDefinition }] = [await import('#bpmn'), await import('#engine')];
  const parsed = parseDefinition(folder.json);
  if (!parsed.ok) throw new DefinitionRefused(parsed.findings);
  return writeBpmnXml(fromProcessDefinition(parsed.definition, await sourceOf(folder, bpmnFile)));
}

async function sourceOf({ path }: ProcessFolder, bpmnFile: string | undefined): Promise<BpmnDocument | undefined> {
  const beside = join(path, 'process.bpmn');
  const file = bpmnFile ?? (existsSync(beside) ? beside : undefined);
  if (file === undefined) return undefined;
  const { document, findings } = await readBpmn(file);
  if (!document) throw new UsageError(`Expected BPMN in ${file}, but:\n${findings.map(describe).join('')}`);
  return document;
}
