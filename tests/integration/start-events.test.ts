import { startGateway, type As, type RunningGateway } from '../support/running-gateway.ts';
import { operator, startShell, type RunningShell } from '../support/running-shell.ts';
import { startTestDatabase, testTemporal } from '../support/index.ts';

const text = (en: string) => ({ 'zh-CN': en, en });
const task = { id: 'watch', type: 'userTask', candidateRoles: ['operator'], form: 'none', outputs: [] };
const variable = (name: string, type = 'number') => ({ name, type, classification: 'operational' });
const flow = (sourceRef: string, targetRef: string) => ({ id: `${sourceRef}_${targetRef}`, sourceRef, targetRef });
/** Starts when the condition holds. */
const onCondition = (key: string, condition: string, variables: readonly object[]) => ({
  format: 'careloop-process/1', key, version: '1', name: text(key), variables,
  flowElements: [{ id: 'begin', type: 'startEvent', event: { kind: 'conditional', condition } }, task, { id: 'end', type: 'endEvent' }],
  sequenceFlows: [flow('begin', 'watch'), flow('watch', 'end')],
});
/** Begins in one of two ways. */
const admission = {
  format: 'careloop-process/1', key: 'twoWays', version: '1', name: text('Two ways'), variables: [],
  flowElements: [{ id: 'walkIn', type: 'startEvent' }, { id: 'referral', type: 'startEvent' }, task, { id: 'end', type: 'endEvent' }],
  sequenceFlows: [flow('walkIn', 'end'), flow('referral', 'watch'), flow('watch', 'end')],
};

describe('starts by a condition and at a named start event', () => {
  let shell: RunningShell;
  let gateway: RunningGateway;
  let his: As;
  let stopDatabase: () => Promise<void>;

  beforeAll(async () => {
    const database = await startTestDatabase();
    stopDatabase = database.stop;
    shell = await startShell({ databaseUrl: database.url, temporalAddress: (await testTemporal()).address });
    gateway = await startGateway({ databaseUrl: database.url, commands: shell.commands });
    his = await gateway.tokenOf('his');
    for (const definition of [
      onCondition('fever', 'temperature > 38', [variable('temperature')]),
      onCondition('shock', 'pressure < 90', [variable('pressure')]),
      onCondition('odd', 'ward', [variable('ward', 'string')]),
      onCondition('strict', 'temperature > 38', [variable('temperature'), { ...variable('bed', 'string'), required: true }]),
      admission,
    ]) await shell.publish(definition);
  }, 300_000);

  afterAll(async () => {
    await gateway?.close();
    await shell?.close();
    await stopDatabase?.();
  }, 60_000);

  const instances = (processKey: string) => shell.database.prisma.processInstance.findMany({ where: { processKey } });

  it('starts each process whose condition holds once, and says which could not be asked or begun', async () => {
    const command = { variables: { temperature: 39, pressure: 120, ward: 'W1' }, businessKey: 'obs-1', actor: operator, idempotencyKey: 'obs-1' };

    const outcome = await shell.commands.evaluateConditions(command);
    const repeated = await shell.commands.evaluateConditions(command);
    const other = await shell.commands.evaluateConditions({ ...command, variables: { temperature: 40 } });
    const [fever] = await shell.until(async () => ((await instances('fever'))[0]?.startedAt ? instances('fever') : undefined));

    expect(outcome).toMatchObject({
      status: 'accepted',
      result: {
        started: [{ processKey: 'fever', startEventId: 'begin', instanceId: fever?.id }],
        failures: [{ processKey: 'odd', startEventId: 'begin', code: 'CONDITION_NOT_BOOLEAN' }, { processKey: 'strict', startEventId: 'begin', code: 'VARIABLE_MISSING' }],
      },
    });
    expect(repeated).toEqual(outcome);
    expect(other).toMatchObject({ status: 'refused', failure: { code: 'IDEMPOTENCY_KEY_REUSED' } });
    expect(fever).toMatchObject({ businessKey: 'obs-1', variables: { temperature: 39 } });
    expect([(await instances('fever')).length, (await instances('shock')).length]).toEqual([1, 0]);
  }, 60_000);

  it('is asked over GraphQL, of one process alone', async () => {
    const mutation = `mutation ($input: EvaluateConditionsInput!) { evaluateConditions(input: $input) { __typename
      ... on EvaluateConditionsPayload { pending processInstances { processKey } failures { processKey code message } } ... on Error { code place } } }`;
    const ask = async (input: object) => (await gateway.graphql(his, mutation, { input })).data.evaluateConditions;

    const one = await ask({ variables: { temperature: 39, pressure: 80 }, processKey: 'shock', idempotencyKey: 'obs-2' });
    const inUse = await ask({ variables: { temperature: 41 }, businessKey: 'obs-1', processKey: 'fever', idempotencyKey: 'obs-3' });
    const unknown = await ask({ variables: {}, processKey: 'gone', idempotencyKey: 'obs-4' });

    expect(one).toEqual({ __typename: 'EvaluateConditionsPayload', pending: false, processInstances: [{ processKey: 'shock' }], failures: [] });
    expect(inUse).toMatchObject({ processInstances: [], failures: [{ processKey: 'fever', code: 'BUSINESS_KEY_IN_USE' }] });
    expect(unknown).toMatchObject({ code: 'PROCESS_NOT_FOUND', place: 'processKey' });
  }, 60_000);

  it('runs a process whose key, ids and variables are Chinese', async () => {
    await shell.publish({
      format: 'careloop-process/1', key: '入院流程', version: '1', name: text('Admission'), variables: [variable('体温')],
      flowElements: [{ id: '开始', type: 'startEvent' }, { id: '评估', type: 'scriptTask', script: '体温 + 1', resultVariable: '体温' }, { id: '结束', type: 'endEvent' }],
      sequenceFlows: [flow('开始', '评估'), flow('评估', '结束')],
    });

    const outcome = await shell.commands.startProcess({ processKey: '入院流程', businessKey: '住院号1', variables: { 体温: 38 }, actor: operator, idempotencyKey: '入院1' });
    const ended = await shell.until(async () => (await shell.database.prisma.processInstance.findFirst({ where: { processKey: '入院流程', status: 'completed' } })) ?? undefined);

    expect(outcome).toMatchObject({ status: 'accepted', instanceId: ended.id });
    expect(ended).toMatchObject({ businessKey: '住院号1', variables: { 体温: 39 }, path: ['开始', '评估', '结束'] });
  }, 60_000);

  it('begins at the start event that is named, and refuses a start that leaves it open', async () => {
    const mutation = 'mutation ($input: StartProcessInput!) { startProcess(input: $input) { __typename ... on StartProcessPayload { processInstance { status } } ... on Error { code place detail } } }';
    const start = async (businessKey: string, more: object) => (await gateway.graphql(his, mutation, { input: { processKey: 'twoWays', businessKey, variables: {}, idempotencyKey: businessKey, ...more } })).data.startProcess;

    const open = await start('T-1', {});
    const named = await start('T-2', { startEventId: 'referral' });
    const reached = await shell.until(async () => (await shell.database.prisma.userTask.findFirst({ where: { elementId: 'watch', instance: { processKey: 'twoWays' } } })) ?? undefined);

    expect(open).toMatchObject({ __typename: 'ValidationError', code: 'START_EVENT_NOT_NAMED', place: 'startEventId' });
    expect(named).toMatchObject({ __typename: 'StartProcessPayload' });
    expect(reached.status).toBe('open');
    expect(await instances('twoWays')).toHaveLength(1);
  }, 60_000);
});
