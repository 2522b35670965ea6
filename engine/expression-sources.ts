import type { FlowElement, SequenceFlow } from './definition/index.ts';

/** An expression of the definition and the path of the field that holds it. */
export interface ExpressionSource {
  readonly source: string;
  /** Field within the element, for example `outputs[0].source`. */
  readonly field: string;
}

/** Every FEEL expression of an element, its sequence flows and its inner elements excluded. */
export function expressionSources(element: FlowElement): ExpressionSource[] {
  const found: ExpressionSource[] = [];
  collect(element, '', found);
  return found;
}

/** The FEEL expression of a sequence flow, where it has one. */
export function flowExpressionSources(flow: SequenceFlow): ExpressionSource[] {
  return flow.condition === undefined ? [] : [{ source: flow.condition, field: 'condition' }];
}

/** Fields that hold FEEL, wherever they stand in an element. */
const expressionFields: ReadonlySet<string> = new Set([
  'source', 'timeDate', 'timeDuration', 'timeCycle', 'correlationKey', 'collection', 'outputElement', 'completionCondition',
  'cardinality', 'activationCondition', 'activeElements', 'businessKey', 'followUpDate', 'timeLimit',
  'item', 'condition', 'when', 'candidateUnit', 'assignee', 'dueDate', 'priority', 'subject', 'idempotencyKey', 'script',
]);
/** Fields that hold other elements, or text that only looks like a field above. */
const skippedFields: ReadonlySet<string> = new Set(['flowElements', 'sequenceFlows', 'name', 'documentation', 'message', 'variables']);

function collect(value: object, path: string, found: ExpressionSource[]): void {
  for (const [key, entry] of Object.entries(value) as [string, unknown][]) {
    if (skippedFields.has(key)) continue;
    const field = Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
    if (typeof entry === 'string') {
      if (expressionFields.has(key)) found.push({ source: entry, field });
    } else if (typeof entry === 'object' && entry !== null) collect(entry, field, found);
  }
}
