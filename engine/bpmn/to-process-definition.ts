import { parseDefinition, type ProcessDefinition } from '../definition/index.ts';
import type { DefinitionFinding } from '../failure.ts';
import type { BpmnDocument } from './document.ts';
import { attributeOf, idOf } from './element-access.ts';
import { ImportContext, type ImportOptions } from './import/import-context.ts';
import { callableElements, readProcess } from './import/read-process.ts';
import { isJsonEqual } from './json-equal.ts';

/** A definition, or why the process cannot be executed; warnings come with either. */
export interface ExecutableForm {
  readonly definition?: ProcessDefinition;
  readonly findings: readonly DefinitionFinding[];
}

/** What a file offers to be executed: its processes, and its global tasks as processes of one task. */
export function processesOf(document: BpmnDocument): { readonly id: string; readonly name?: string; readonly isGlobalTask: boolean }[] {
  return callableElements(document.definitions).flatMap((element) => {
    const id = idOf(element);
    const name = attributeOf(element, 'name');
    return id === undefined ? [] : [{ id, ...(name === undefined ? {} : { name }), isGlobalTask: element.name !== 'bpmn:process' }];
  });
}

/**
 * The executable form of a process. Every element that cannot be executed has a finding that says why; the document
 * can be drawn all the same. BPMN 2.0.2 §13.
 */
export function toProcessDefinition(document: BpmnDocument, processId: string, options: ImportOptions = {}): ExecutableForm {
  const process = callableElements(document.definitions).find((element) => idOf(element) === processId);
  if (!process) {
    const known = processesOf(document).map(({ id }) => id).join(', ') || 'no process';
    return { findings: [{ code: 'PROCESS_NOT_FOUND', severity: 'error', message: `Expected process ${processId} in the file, but it has ${known}` }] };
  }
  const context = new ImportContext(document, options);
  const candidate = readProcess(process, context);
  if (context.findings.some(({ severity }) => severity === 'error')) return { findings: context.findings };
  const parsed = parseDefinition(candidate);
  if (!parsed.ok) return { findings: [...context.findings, ...parsed.findings] };
  if (!isJsonEqual(parsed.definition, candidate)) {
    return { findings: [...context.findings, { code: 'SCHEMA', severity: 'error', elementId: processId, message: `Expected every part of ${processId} to have a place in the executable form, but one has none` }] };
  }
  return { definition: parsed.definition, findings: context.findings };
}
