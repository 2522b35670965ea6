import { allHandlersFinished, ApplicationFailure, condition, defineUpdate, proxyActivities, proxyLocalActivities, setHandler } from '@temporalio/workflow';
import type { Claims, ProcessActivities, RecordBatch } from '#activities';
import type { Json, RecordEntry, OpenUserTask, Variables } from '#engine';
import { compilePublishedRuleSet, evaluateRuleSet, type RuleSetDocument } from '#rules';
import gradingDocument from '../../processes/ten-node-example/rules/example-grading.json' with { type: 'json' };

/** The input of the peer: what the interpreter's workflow is given, without a definition to interpret. */
export interface HandWrittenInput {
  readonly instanceId: string;
  readonly start: { readonly claims: Claims; readonly variables: Variables };
}

const { executeService } = proxyActivities<Pick<ProcessActivities, 'executeService'>>({ startToCloseTimeout: '30 seconds' });
const { recordInstance } = proxyLocalActivities<Pick<ProcessActivities, 'recordInstance'>>({ startToCloseTimeout: '10 seconds' });

// The sets are JSON files; the schema is checked where they are published.
const grading = compilePublishedRuleSet(gradingDocument as unknown as RuleSetDocument);

/**
 * What an engineer would write by hand for `processes/ten-node-example`: the same service, decision,
 * branch, parallel service and user task, join and script; the same recording activity at the same points,
 * with the same entries; the same update with a validator.
 */
export default async function handWritten(input: HandWrittenInput): Promise<{ status: string }> {
  const { instanceId } = input;
  const engine = { id: 'careloop', kind: 'engine', roles: [] } as const;
  const at = (): string => new Date().toISOString();
  const startedAt = at();
  let task: OpenUserTask | undefined;
  let approval: boolean | undefined;
  let sequence = 0;
  let entries: RecordEntry[] = [];
  let claims: Claims[] = [input.start.claims];
  let completed: string[] = [];
  let tasks: { upsert: OpenUserTask[]; close: RecordBatch['tasks']['close'][number][] } = { upsert: [], close: [] };
  let variables: Variables = input.start.variables;
  let recorded: Promise<void> = Promise.resolve();

  const note = (action: RecordEntry['action'], elementId?: string, more: Partial<RecordEntry> = {}): void => {
    entries.push({ action, at: at(), actor: engine, ...(elementId ? { elementId } : {}), ...more });
    if (action === 'element.completed' && elementId) completed.push(elementId);
  };
  const set = (name: string, value: Json): void => {
    variables = { ...variables, [name]: value };
    note('variables.changed', undefined, { after: { [name]: value } });
  };
  const pass = (elementId: string): void => {
    note('element.activated', elementId);
    note('element.completed', elementId);
  };
  const record = (status: 'running' | 'completed', active: readonly string[]): Promise<void> => {
    sequence += 1;
    const batch: RecordBatch = {
      instanceId, processKey: 'ten-node-example', sequence, at: at(), entries, tasks,
      subscriptions: { open: [], close: [] }, incidents: { raise: [], close: [] }, ledger: [],
      instance: { status, activeElements: active.map((elementId) => ({ elementId })), completed, variables, startedAt: startedAt, ...(status === 'completed' ? { endedAt: at() } : {}) },
      open: { tasks: task ? [{ id: task.id }] : [], subscriptions: [], incidents: [] },
    };
    const batchClaims = claims;
    entries = [];
    completed = [];
    claims = [];
    tasks = { upsert: [], close: [] };
    recorded = recorded.then(() => recordInstance({ batch, claims: batchClaims }));
    return recorded;
  };

  let approvalRecorded = false;
  setHandler(
    defineUpdate<{ status: 'accepted' }, [{ claims: Claims; body: { taskId: string; data: Variables } }]>('completeTask'),
    async ({ claims: by, body }) => {
      if (!task) throw ApplicationFailure.nonRetryable('Expected an open task, but it is not', 'TASK_NOT_OPEN');
      approval = body.data['approved'] === true;
      claims.push(by);
      tasks.close.push({ taskId: task.id, outcome: 'completed', at: at(), completedBy: by.actor.id });
      entries.push({ action: 'task.claimed', at: at(), actor: by.actor, elementId: 'approve', taskId: task.id });
      entries.push({ action: 'task.completed', at: at(), actor: by.actor, elementId: 'approve', taskId: task.id, detail: body.data });
      task = undefined;
      await condition(() => approvalRecorded);
      return { status: 'accepted' };
    },
    {
      validator: ({ claims: by, body }) => {
        if (task?.id !== body.taskId) throw ApplicationFailure.nonRetryable('Expected an open task, but it is not', 'TASK_NOT_OPEN');
        if (!by.actor.roles.includes('operator')) throw ApplicationFailure.nonRetryable('Expected an operator, but it is not', 'TASK_NOT_YOURS');
      },
    },
  );

  entries.push({ action: 'instance.started', at: startedAt, actor: input.start.claims.actor, after: variables });
  pass('start');
  note('element.activated', 'lookUp');
  note('service.requested', 'lookUp', { detail: { activity: 'example.lookUp', attempt: 1, input: { amount: variables['amount'] ?? null } } });
  const lookingUp = executeService({ instanceId, elementId: 'lookUp', activity: 'example.lookUp', input: { amount: variables['amount'] ?? null }, idempotencyKey: `${instanceId}:lookUp`, timeoutMs: 30_000 });
  await record('running', ['lookUp']);
  const account = await lookingUp;
  if (account.kind !== 'completed') throw ApplicationFailure.nonRetryable('Expected an account, but there is none');
  const level = (account.result as { level: number }).level;
  note('service.completed', 'lookUp', { detail: account.result });
  set('account', account.result);
  note('element.completed', 'lookUp');

  note('element.activated', 'gradeRisk');
  const grade = evaluateRuleSet(grading, { amount: variables['amount'] ?? null, level }, { at: at() });
  note('decision.made', 'gradeRisk', { ruleSet: 'example-grading', ruleSetVersion: '1', detail: grade as unknown as Json });
  set('grade', grade as unknown as Json);
  note('element.completed', 'gradeRisk');
  pass('isRisky');
  if (grade.findings.length === 0) {
    pass('rejected');
    note('instance.completed');
    await record('completed', []);
    return { status: 'completed' };
  }

  pass('both');
  note('element.activated', 'notify');
  note('service.requested', 'notify', { detail: { activity: 'example.notify', attempt: 1, input: { level } } });
  note('element.activated', 'approve');
  task = { id: 't1', elementInstanceId: 'e7', elementId: 'approve', candidateRoles: ['operator'], form: 'approve', priority: 50, input: {}, createdAt: at() };
  tasks.upsert.push(task);
  note('task.created', 'approve', { taskId: task.id });
  const notifying = executeService({ instanceId, elementId: 'notify', activity: 'example.notify', input: { level }, idempotencyKey: `${instanceId}:notify`, timeoutMs: 30_000 }).then(async (notice) => {
    if (notice.kind !== 'completed') throw ApplicationFailure.nonRetryable('Expected a notice, but there is none');
    note('service.completed', 'notify', { detail: notice.result });
    set('notice', notice.result);
    note('element.completed', 'notify');
    if (approval === undefined) await record('running', ['approve']);
  });
  await record('running', ['notify', 'approve']);
  await condition(() => approval !== undefined);
  set('approved', approval === true);
  note('element.completed', 'approve');
  await notifying;
  pass('join');
  note('element.activated', 'summarise');
  set('summary', approval ? `approved at level ${level}` : 'refused');
  note('element.completed', 'summarise');
  pass('end');
  note('instance.completed');
  await record('completed', []);
  approvalRecorded = true;
  await condition(allHandlersFinished);
  return { status: 'completed' };
}
