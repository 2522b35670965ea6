import { elementFields, processFields } from '../careloop-fields.ts';
import type { BpmnElement } from '../document.ts';
import { booleanOf, childrenOf, idOf } from '../element-access.ts';
import type { ImportContext } from './import-context.ts';
import { readContainer } from './read-container.ts';
import { lanesOf, readVariables } from './read-data.ts';
import { readFields, type Candidate } from './read-fields.ts';
import { readFlowElement } from './read-flow-element.ts';
import { readDocumentation, readName } from './read-text.ts';

/** Global tasks and the task that each stands for. BPMN 2.0.2 §10.3.6. */
const taskOfGlobalTask = {
  'bpmn:globalTask': 'task', 'bpmn:globalUserTask': 'userTask', 'bpmn:globalManualTask': 'manualTask',
  'bpmn:globalScriptTask': 'scriptTask', 'bpmn:globalBusinessRuleTask': 'businessRuleTask',
} as const;

function isGlobalTask(name: string): name is keyof typeof taskOfGlobalTask {
  return name in taskOfGlobalTask;
}

/** The processes and global tasks of a file: what can be made a definition. */
export function callableElements(definitions: BpmnElement): BpmnElement[] {
  return childrenOf(definitions).filter(({ name }) => name === 'bpmn:process' || isGlobalTask(name));
}

/** A process as a candidate for a definition. A global task becomes a process of one task. */
export function readProcess(process: BpmnElement, context: ImportContext): Candidate {
  const id = idOf(process) ?? '';
  if (isGlobalTask(process.name)) return readGlobalTask(process, taskOfGlobalTask[process.name], id, context);
  if (booleanOf(process, 'isExecutable') === false) context.report('PROCESS_NOT_EXECUTABLE', id, `Expected ${id} to be executable, but it says that it is not`, 'warning');
  const { name, ...fields } = readFields(process, processFields, id, context);
  return {
    ...head(process, id, name),
    variables: readVariables(process, context),
    ...fields,
    ...readContainer(process, lanesOf(process, context), undefined, context),
  };
}

function head(process: BpmnElement, id: string, name: unknown): Candidate {
  return { format: 'careloop-process/1', key: id, version: '1', name: { 'zh-CN': id, en: id }, ...readName(process, { name }), ...readDocumentation(process) };
}

function readGlobalTask(element: BpmnElement, type: (typeof taskOfGlobalTask)[keyof typeof taskOfGlobalTask], id: string, context: ImportContext): Candidate {
  const { name } = readFields(element, elementFields[type], id, context);
  const task = { ...readFlowElement(element, type, { readScope: () => ({}) }, context), id: `${id}_task` };
  return {
    ...head(element, id, name),
    variables: readVariables(element, context),
    flowElements: [{ id: `${id}_start`, type: 'startEvent' }, task, { id: `${id}_end`, type: 'endEvent' }],
    sequenceFlows: [{ id: `${id}_begin`, sourceRef: `${id}_start`, targetRef: `${id}_task` }, { id: `${id}_finish`, sourceRef: `${id}_task`, targetRef: `${id}_end` }],
  };
}
