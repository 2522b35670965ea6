import type { FlowElement, ProcessDefinition } from '#engine';
import { isParallelMultiple } from '../../../engine/definition/index.ts';
import { integerVariable } from './translate-expression.ts';

type ScriptTask = Extract<FlowElement, { type: 'scriptTask' }>;
type SubProcess = Extract<FlowElement, { type: 'subProcess' }>;

/** What the suite's processes may use without declaring it. */
const declared = { test: 'string', integerVariable: 'number', testCaseNumber: 'number', data: 'string', dataRead: 'string' } as const;

/** The definition with each script word replaced by what it does, the suite's variables declared, and messages correlated. */
export function applyWords(definition: ProcessDefinition, words: ReadonlyMap<string, string>): ProcessDefinition {
  const own = definition.variables.filter(({ name }) => !(name in declared)).map((variable): typeof variable => ({ ...variable, type: 'string', classification: 'operational' }));
  return {
    ...definition,
    variables: [...Object.entries(declared).map(([name, type]): ProcessDefinition['variables'][number] => ({ name, type, classification: 'operational' })), ...own],
    flowElements: definition.flowElements.map((element) => applyToElement(element, words)),
  };
}

function applyToElement(element: FlowElement, words: ReadonlyMap<string, string>): FlowElement {
  if ('flowElements' in element) {
    const isEventSubProcess = element.type === 'subProcess' && element.triggeredByEvent === true;
    const flowElements = element.flowElements.map((inner) => (isEventSubProcess && inner.type === 'startEvent' && inner.event ? { ...inner, event: withKey(inner.event) } : applyToElement(inner, words)));
    return { ...element, flowElements };
  }
  if (element.type === 'scriptTask') return applyWord(element, words.get(element.id.replace(/_task$/, '')) ?? words.get(element.id) ?? '');
  return correlated(element);
}

function applyWord(task: ScriptTask, word: string): FlowElement {
  switch (word) {
    case 'INCREMENT_INTEGER_VARIABLE':
    case 'INCREMENT_INTEGER_VARIABLE_AND_LOG':
      return { ...task, script: `${integerVariable} + 1`, resultVariable: 'integerVariable' };
    case 'SET_STRING_DATA': {
      const { inputs: _inputs, outputs: _outputs, ...rest } = task;
      return { ...rest, script: '"String"', resultVariable: task.resultVariable ?? task.outputs?.[0]?.target ?? 'data' };
    }
    case 'LOG_DATA': {
      const { inputs, outputs: _outputs, ...rest } = task;
      return { ...rest, script: inputs?.[0]?.source ?? 'if data = null then "" else data', resultVariable: 'dataRead' };
    }
    case 'THROW_ERROR':
      return around(task, { id: `${task.id}__end`, type: 'endEvent', event: { kind: 'error', errorCode: 'ERR_CODE' } });
    case 'WAIT_TEN_SECONDS':
      return around(task, { id: `${task.id}__end`, type: 'endEvent' }, waiting(task.id, 'PT10S'));
    case 'CREATE_TIMESTAMP_LOG_1':
    case 'CREATE_TIMESTAMP_LOG_2':
      return around(task, { id: `${task.id}__end`, type: 'endEvent' }, waiting(task.id, 'PT1S'));
    default:
      return task;
  }
}

function waiting(id: string, duration: string): FlowElement {
  return { id: `${id}__wait`, type: 'intermediateCatchEvent', event: { kind: 'timer', timeDuration: `duration("${duration}")` } };
}

/** The task as a sub-process of the same id, markers and boundary events kept, so that no service has to play it. */
function around({ script: _script, resultVariable: _result, inputs: _inputs, outputs: _outputs, ...task }: ScriptTask, ...steps: readonly [FlowElement, ...FlowElement[]]): SubProcess {
  const [end, ...before] = steps;
  const flowElements: FlowElement[] = [{ id: `${task.id}__start`, type: 'startEvent' }, ...before, end];
  const sequenceFlows = flowElements.slice(1).map((target, index) => ({ id: `${target.id}__flow`, sourceRef: flowElements[index]?.id ?? '', targetRef: target.id }));
  return { ...task, type: 'subProcess', flowElements, sequenceFlows };
}

/** The suite's messages carry no key, so that all of one test share one. */
function correlated(element: FlowElement): FlowElement {
  if (!('event' in element) || !element.event || (element.type === 'startEvent' && !isParallelMultiple(element.event))) return element;
  return { ...element, event: withKey(element.event) } as typeof element;
}

function withKey<Event extends { readonly kind: string }>(event: Event): Event {
  if (event.kind === 'message') return { correlationKey: '"betsy"', ...event };
  if ('events' in event && Array.isArray(event.events)) return { ...event, events: event.events.map(withKey) };
  return event;
}
