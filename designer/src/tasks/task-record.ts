import { useQuery } from 'urql';
import { definitionDocument } from '../instances/documents.ts';
import type { Task } from '../graphql/model.ts';
import { taskRecordDocument } from './documents.ts';
import { lastReturn, type Returned } from './returned.ts';
import { verificationRuleOf, type VerificationRule } from './verification.ts';

/** What the process and the record of a case say about one of its tasks. */
export interface TaskRecord {
  readonly rule: VerificationRule | undefined;
  /** Set while the task waits to be done again. */
  readonly returned: Returned | undefined;
}

/** Reads the definition once a version, and the record again at each change of the task. */
export function useTaskRecord(task: Task): TaskRecord {
  const id = task.processInstance?.processInstanceId ?? '';
  const [definition] = useQuery({ query: definitionDocument, variables: { id }, pause: id === '' });
  const [record] = useQuery({ query: taskRecordDocument, variables: { id, last: 100 }, pause: id === '', requestPolicy: 'cache-and-network' });
  const lines = record.data?.processInstance?.timeline.edges.map(({ node }) => node) ?? [];
  return {
    rule: verificationRuleOf(definition.data?.processInstance?.definition.document, task.elementId),
    returned: task.status === 'open' && task.verification === null ? lastReturn(task, lines) : undefined,
  };
}
