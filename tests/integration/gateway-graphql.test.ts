import { z } from 'zod';
import { ServiceFailedError, type ServiceActivity } from '#activities';
import { admitPatients, publishBedsideProcess } from '../support/bedside-process.ts';
import { startGateway, type As, type RunningGateway } from '../support/running-gateway.ts';
import { startShell, type RunningShell } from '../support/running-shell.ts';
import { startTestDatabase, testTemporal } from '../support/index.ts';

let shell: RunningShell;
let gateway: RunningGateway;
let stopDatabase: () => Promise<void>;
let his: As;
let nurse: As;
let otherNurse: As;
let operator: As;
let auditor: As;
let isReportDown = false;

const report: ServiceActivity = {
  type: 'test.report',
  effect: 'idempotent',
  input: z.record(z.string(), z.json()),
  run: async () => {
    if (isReportDown) throw new ServiceFailedError('Expected the other side, but it is down', false);
    return null;
  },
};

beforeAll(async () => {
  const database = await startTestDatabase();
  stopDatabase = database.stop;
  shell = await startShell({ databaseUrl: database.url, temporalAddress: (await testTemporal()).address, services: [report] });
  gateway = await startGateway({ databaseUrl: database.url, commands: shell.commands });
  await publishBedsideProcess(gateway.database);
  await admitPatients(gateway.database);
  his = await gateway.tokenOf('his');
  [nurse, otherNurse, operator, auditor] = await Promise.all([gateway.signIn('nurse'), gateway.signIn('nurse', 'W2'), gateway.signIn('operator'), gateway.signIn('auditor')]);
}, 300_000);
afterAll(async () => {
  await gateway?.close();
  await shell?.close();
  await stopDatabase?.();
}, 60_000);

const errorFields = '... on Error { code message place detail }';
const startDocument = `mutation ($input: StartProcessInput!) { startProcess(input: $input) { __typename ... on StartProcessPayload { pending processInstance { id processInstanceId status businessKey unit patient { name } } } ${errorFields} ... on ConflictError { existingInstance { processInstanceId } } } }`;
const completeDocument = `mutation ($input: CompleteTaskInput!) { completeTask(input: $input) { __typename ... on CompleteTaskPayload { task { status completedBy } processInstance { processInstanceId } } ${errorFields} ... on RefusedError { checkCode expected scanned } } }`;

const businessKeyIsGiven = (more: object) => !('businessKey' in more);
let lastKey = 0;
const newKey = () => `key-${(lastKey += 1)}`;
const start = async (businessKey: string, variables: object = {}, more: object = {}) =>
  (await gateway.graphql(his, startDocument, { input: { processKey: 'bedside', businessKey, variables: { patientId: 'P1', wristband: 'WB-P1', ward: 'W1', ...variables }, idempotencyKey: newKey(), ...more } })).data.startProcess;
const startForTask = async (businessKey: string) => {
  const started = await start(businessKey);
  const instanceId: string = started.processInstance.processInstanceId;
  const task = await shell.until(async () => (await gateway.database.prisma.userTask.findFirst({ where: { instanceId } })) ?? undefined);
  return { instanceId, taskId: task.id, globalId: Buffer.from(`Task:${task.id}`).toString('base64') };
};
const complete = async (as: As, taskId: string, data: object, more: object = {}) => (await gateway.graphql(as, completeDocument, { input: { taskId, data, idempotencyKey: newKey(), ...more } })).data.completeTask;

describe('startProcess', () => {
  it('starts an instance about the patient whom the variables name', async () => {
    const started = await start('order-1');

    expect(started).toMatchObject({ __typename: 'StartProcessPayload', processInstance: { businessKey: 'order-1', unit: 'W1', patient: null } });
    const row = await gateway.database.prisma.processInstance.findUniqueOrThrow({ where: { id: started.processInstance.processInstanceId } });
    expect(row).toMatchObject({ patientId: 'P1', startedBy: 'his' });
  });

  it('answers a repeat with the same instance, and another payload with an error', async () => {
    const first = await start('order-2', {}, { idempotencyKey: 'repeat-me' });
    const again = await start('order-2', {}, { idempotencyKey: 'repeat-me' });
    const other = await start('order-2', { note: 'else' }, { idempotencyKey: 'repeat-me' });

    expect(again.processInstance.id).toBe(first.processInstance.id);
    expect(other).toMatchObject({ __typename: 'ConflictError', code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  it('names the instance that has the business key', async () => {
    const first = await start('order-3');

    expect(await start('order-3')).toMatchObject({ __typename: 'ConflictError', code: 'BUSINESS_KEY_IN_USE', existingInstance: { processInstanceId: first.processInstance.processInstanceId } });
  });

  it.each([
    ['an unknown process', {}, { processKey: 'nothing' }, 'NotFoundError', 'PROCESS_NOT_FOUND', 'processKey'],
    ['an undeclared variable', { surprise: 1 }, {}, 'ValidationError', 'VARIABLE_UNDECLARED', 'surprise'],
    ['a variable of the wrong type', { ward: 7 }, {}, 'ValidationError', 'VARIABLE_WRONG_TYPE', 'ward'],
    ['a missing variable', { wristband: undefined }, {}, 'ValidationError', 'VARIABLE_MISSING', 'wristband'],
    ['a patient that does not exist', { patientId: 'P404' }, {}, 'NotFoundError', 'PATIENT_NOT_FOUND', 'patientId'],
    ['a variable of 3 MB', { note: 'x'.repeat(3_000_000) }, {}, 'ValidationError', 'VARIABLE_TOO_LARGE', 'note'],
    ['variables that are no object', {}, { variables: [1] }, 'ValidationError', 'INPUT_INVALID', 'variables'],
    ['an empty business key', {}, { businessKey: '' }, 'ValidationError', 'INPUT_INVALID', 'businessKey'],
  ])('refuses %s with its place, on record', async (_what, variables, more, typename, code, place) => {
    expect(await start(`bad-${code}`, variables, more)).toMatchObject({ __typename: typename, code, place });
    // The door's own refusals are in the record, the command service's go to whom the test gave it.
    const recorded = [(await gateway.entries('command.refused')).at(-1)?.reason, shell.refusals.at(-1)?.failure.code];
    if (businessKeyIsGiven(more)) expect(recorded).toContain(code);
  });

  it('speaks the language that the caller reads, without a value in it', async () => {
    const input = { processKey: 'bedside', businessKey: 'bad', variables: { patientId: 'P1', wristband: 'WB-secret', ward: 7 }, idempotencyKey: newKey() };
    const chinese = await gateway.graphql(his, startDocument, { input });
    const english = await gateway.graphql(his, startDocument, { input }, { 'accept-language': 'en-GB,en;q=0.9' });

    expect(chinese.data.startProcess.message).toBe('数据类型不对（ward）');
    expect(english.data.startProcess.message).toBe('The value has the wrong type (ward)');
    expect(JSON.stringify(english)).not.toContain('WB-secret');
  });

  it('says 413 to a body beyond the limit and goes on working', async () => {
    const huge = await gateway.graphql(his, startDocument, { input: { note: 'x'.repeat(9 * 1024 * 1024) } });

    expect(huge).toMatchObject({ status: 413, errors: [{ extensions: { code: 'BODY_TOO_LARGE' } }] });
    expect((await start('order-after-413')).__typename).toBe('StartProcessPayload');
  });

  it('is not for a nurse of no process, but typed for whoever may not', async () => {
    const { data } = await gateway.graphql(auditor, startDocument, { input: { processKey: 'bedside', businessKey: 'x', variables: {}, idempotencyKey: newKey() } });

    expect(data.startProcess).toMatchObject({ __typename: 'ForbiddenError', code: 'FORBIDDEN', message: '您没有此操作的权限' });
    expect((await gateway.entries('access.refused')).at(-1)).toMatchObject({ actorId: 'demo-auditor', reason: 'FORBIDDEN Mutation.startProcess' });
  });
});

describe('tasks', () => {
  const taskFields = 'id taskId name { zhCN en } status canClaim canComplete presentation form { schema } why { zhCN } input patient { name weightKg allergies { substance } encounter { bed wardName { zhCN } } } processInstance { processInstanceId definition { name { en } } }';

  it('are seen by the nurses of the ward only, through whatever way', async () => {
    const { taskId, globalId } = await startForTask('seen-1');
    const query = `query ($id: ID!) { tasks(first: 100) { totalCount edges { node { ${taskFields} } } } task(id: $id) { id } node(id: $id) { __typename id } nodes(ids: [$id, "VGFzazpub3BlOnQx", "garbage"]) { id } }`;

    const own = await gateway.graphql(nurse, query, { id: globalId });
    const foreign = await gateway.graphql(otherNurse, query, { id: globalId });

    expect(own.errors).toBeUndefined();
    expect(own.data.task).toEqual({ id: globalId });
    expect(own.data.node).toEqual({ __typename: 'Task', id: globalId });
    expect(own.data.nodes).toEqual([{ id: globalId }, null, null]);
    const row = own.data.tasks.edges.map((edge: { node: { taskId: string } }) => edge.node).find((node: { taskId: string }) => node.taskId === taskId);
    expect(row).toMatchObject({
      name: { zhCN: '床旁给药' }, status: 'open', canClaim: true, canComplete: true, presentation: 'bedsideScan', input: { wristband: 'WB-P1' }, why: { zhCN: '到了给药时间' },
      patient: { name: '患者P1（合成）', weightKg: 61, allergies: [{ substance: 'penicillin' }], encounter: { bed: '12', wardName: { zhCN: '一病区' } } },
      processInstance: { definition: { name: { en: 'Bedside' } } },
    });
    expect(foreign.data).toMatchObject({ tasks: { totalCount: 0, edges: [] }, task: null, node: null, nodes: [null, null, null] });
    expect((await gateway.entries('patient.read')).some(({ actorId, patientId }) => actorId === 'demo-nurse-w1' && patientId === 'P1')).toBe(true);
  });

  it('name the product whose code was scanned instead of the wristband', async () => {
    const { globalId } = await startForTask('product-1');
    await gateway.database.prisma.medication.create({ data: { code: 'AMX', name: { 'zh-CN': '阿莫西林胶囊', en: 'Amoxicillin capsules' }, ingredient: 'amoxicillin', groups: [], strength: 500, strengthUnit: 'mg', form: 'capsule', gtin: '06930000000011' } });
    const verify = async (wristband: string) =>
      (await gateway.graphql(nurse, `mutation ($input: VerifyTaskInput!) { verifyTask(input: $input) { __typename ... on RefusedError { scanned scannedProduct { zhCN en } } } }`, { input: { taskId: globalId, data: { wristband } } })).data.verifyTask;

    expect(await verify('06930000000011')).toEqual({ __typename: 'RefusedError', scanned: '06930000000011', scannedProduct: { zhCN: '阿莫西林胶囊', en: 'Amoxicillin capsules' } });
    expect(await verify('(01)06930000000011(17)271231(10)A1')).toMatchObject({ scannedProduct: { en: 'Amoxicillin capsules' } });
    expect(await verify('06930000000099')).toEqual({ __typename: 'RefusedError', scanned: '06930000000099', scannedProduct: null });
  });

  it('can be taken, are refused with a wrong wristband, and are done with the right one', async () => {
    const { taskId, globalId, instanceId } = await startForTask('done-1');
    const claimed = await gateway.graphql(nurse, `mutation ($input: ClaimTaskInput!) { claimTask(input: $input) { __typename ... on ClaimTaskPayload { task { assignee { displayName } canClaim canComplete } } } }`, { input: { taskId: globalId, idempotencyKey: newKey() } });
    const verify = async (data: object) => (await gateway.graphql(nurse, `mutation ($input: VerifyTaskInput!) { verifyTask(input: $input) { __typename ... on VerifyTaskPayload { accepted } ${errorFields} ... on RefusedError { checkCode expected scanned } } }`, { input: { taskId: globalId, data } })).data.verifyTask;

    expect(claimed.data.claimTask).toEqual({ __typename: 'ClaimTaskPayload', task: { assignee: { displayName: '李敏（合成）' }, canClaim: false, canComplete: true } });
    const mismatch = { __typename: 'RefusedError', code: 'COMPLETION_CHECK_FAILED', checkCode: 'WRONG_PATIENT', expected: 'WB-P1', scanned: 'WB-P2', message: '腕带与医嘱不一致' };
    expect(await verify({ wristband: 'WB-P2' })).toMatchObject(mismatch);
    expect((await gateway.entries('task.refused')).at(-1)).toMatchObject({ actorId: 'demo-nurse-w1', instanceId, patientId: 'P1', elementId: 'give', reason: 'WRONG_PATIENT' });
    expect(await complete(nurse, taskId, { wristband: 'WB-P2' })).toMatchObject(mismatch);
    expect(await complete(nurse, taskId, { wristband: 'WB-P1', dose: -1 })).toMatchObject({ __typename: 'ValidationError', code: 'FORM_INVALID', place: 'dose' });
    expect(await complete(nurse, taskId, {})).toMatchObject({ code: 'FORM_INVALID', place: 'wristband' });
    expect(await verify({ wristband: 'WB-P1' })).toEqual({ __typename: 'VerifyTaskPayload', accepted: true });

    const done = await complete(nurse, taskId, { wristband: 'WB-P1' }, { idempotencyKey: 'done-key' });

    expect(done).toEqual({ __typename: 'CompleteTaskPayload', task: { status: 'completed', completedBy: '李敏（合成）' }, processInstance: { processInstanceId: instanceId } });
    expect(await complete(nurse, taskId, { wristband: 'WB-P1' }, { idempotencyKey: 'done-key' })).toMatchObject({ __typename: 'CompleteTaskPayload' });
    expect(await complete(nurse, taskId, { wristband: 'WB-P1' })).toMatchObject({ __typename: 'ConflictError', code: 'TASK_NOT_OPEN' });
  });

  it('are not for a nurse of another ward, nor known when they do not exist', async () => {
    const { taskId } = await startForTask('foreign-1');
    const headNurse = await gateway.signIn('head-nurse');

    expect(await complete(otherNurse, taskId, { wristband: 'WB-P1' })).toMatchObject({ __typename: 'NotFoundError', code: 'TASK_NOT_FOUND', place: 'taskId' });
    expect(await complete(headNurse, taskId, { wristband: 'WB-P1' })).toMatchObject({ __typename: 'ForbiddenError', code: 'TASK_NOT_YOURS' });
    expect((await gateway.entries('task.refused')).at(-1)).toMatchObject({ actorId: 'demo-head-nurse-w1', reason: 'TASK_NOT_YOURS' });
    expect(await complete(nurse, 'nothing', {})).toMatchObject({ code: 'TASK_NOT_FOUND' });
  });

  it('accept exactly one of ten completions at once', async () => {
    const { taskId } = await startForTask('ten-1');

    const answers = await Promise.all(Array.from({ length: 10 }, () => complete(nurse, taskId, { wristband: 'WB-P1' })));

    expect(answers.filter(({ __typename }) => __typename === 'CompleteTaskPayload')).toHaveLength(1);
    expect(answers.filter(({ code }) => code === 'TASK_NOT_OPEN' || code === 'INSTANCE_NOT_RUNNING')).toHaveLength(9);
  });
});

describe('incidents', () => {
  const resolveDocument = `mutation ($input: ResolveIncidentInput!) { resolveIncident(input: $input) { __typename ... on ResolveIncidentPayload { incident { resolvedBy } processInstance { processInstanceId } } ${errorFields} } }`;

  it('are resolved by an operator, who sees no patient', async () => {
    isReportDown = true;
    const { taskId, instanceId } = await startForTask('incident-1');
    await complete(nurse, taskId, { wristband: 'WB-P1' });
    await shell.until(async () => (await gateway.database.prisma.incident.findFirst({ where: { instanceId } })) ?? undefined);
    isReportDown = false;
    const open = await gateway.graphql(operator, '{ incidents(open: true) { edges { node { id kind code elementName { zhCN } allowed processInstance { processInstanceId businessKey variables patient { name } } } } } }');
    const incident = open.data.incidents.edges[0].node;
    const input = { incidentId: incident.id, resolution: 'RETRY', reason: '对方已恢复', idempotencyKey: newKey() };

    expect(incident).toMatchObject({ kind: 'failed', elementName: { zhCN: '回报' }, processInstance: { processInstanceId: instanceId, businessKey: 'incident-1', variables: null, patient: null } });
    expect((await gateway.graphql(nurse, resolveDocument, { input })).data.resolveIncident).toMatchObject({ __typename: 'ForbiddenError', code: 'FORBIDDEN' });
    expect((await gateway.graphql(operator, resolveDocument, { input })).data.resolveIncident).toMatchObject({ __typename: 'ResolveIncidentPayload', processInstance: { processInstanceId: instanceId } });
    const ended = await shell.until(async () => (await gateway.database.prisma.processInstance.findFirst({ where: { id: instanceId, status: 'completed' } })) ?? undefined);
    expect(ended.status).toBe('completed');
  });

  it('cancel ends an instance with its reason', async () => {
    const { instanceId } = await startForTask('cancel-1');

    const { data } = await gateway.graphql(operator, `mutation ($input: CancelProcessInstanceInput!) { cancelProcessInstance(input: $input) { __typename ${errorFields} } }`, { input: { instanceId, reason: '开错', idempotencyKey: newKey() } });

    expect(data.cancelProcessInstance.__typename).toBe('CancelProcessInstancePayload');
    const ended = await shell.until(async () => (await gateway.database.prisma.processInstance.findFirst({ where: { id: instanceId, status: 'cancelled' } })) ?? undefined);
    expect(ended.endedAt).not.toBeNull();
  });
});

describe('the record', () => {
  it('is read by the auditor in business words, and that read is on record', async () => {
    const { taskId, instanceId } = await startForTask('audit-1');
    await complete(nurse, taskId, { wristband: 'WB-P1' });
    await shell.until(async () => (await gateway.database.prisma.processInstance.findFirst({ where: { id: instanceId, status: 'completed' } })) ?? undefined);

    const trail = await gateway.graphql(auditor, `query ($id: ID!) { auditTrail(first: 100, instanceId: $id, patientId: "P1") { edges { node { action actor { displayName } sentence { zhCN en } detail } } } processInstance(id: $id) { timeline(first: 100) { edges { node { action } } } path completedElements { elementId times } variables patient { name } } }`, { id: instanceId });

    expect(trail.errors).toBeUndefined();
    const entries = trail.data.auditTrail.edges.map((edge: { node: unknown }) => edge.node);
    expect(entries).toContainEqual(expect.objectContaining({ action: 'task.completed', sentence: { zhCN: '护士 李敏（合成）扫描核对，与医嘱一致，完成“床旁给药”', en: 'Nurse 李敏（合成） scanned, all matched the order, and did “Give at the bedside”' }, detail: { data: { wristband: 'WB-P1' } } }));
    expect(trail.data.processInstance).toMatchObject({ path: ['start', 'give', 'report', 'end'], variables: null, patient: { name: '患者P1（合成）' } });
    expect(trail.data.processInstance.completedElements).toEqual(expect.arrayContaining(['start', 'give', 'report', 'end'].map((elementId) => ({ elementId, times: 1 }))));
    expect(trail.data.processInstance.timeline.edges[0].node.action).toBe('instance.started');
    expect((await gateway.entries('patient.read')).some(({ actorId, patientId }) => actorId === 'demo-auditor' && patientId === 'P1')).toBe(true);
    expect((await gateway.entries('audit.searched')).at(-1)).toMatchObject({ actorId: 'demo-auditor' });
  });

  it('is refused to a nurse, on record', async () => {
    const refused = await gateway.graphql(nurse, '{ auditTrail { edges { node { id } } } }');

    expect(refused.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    expect((await gateway.entries('access.refused')).at(-1)).toMatchObject({ actorId: 'demo-nurse-w1', reason: 'FORBIDDEN Query.auditTrail' });
  });

  it('does not give a patient of another ward by any way', async () => {
    const id = Buffer.from('Patient:P2').toString('base64');
    const { data } = await gateway.graphql(nurse, `query ($id: ID!) { node(id: $id) { id } patientByWristband(wristband: "WB-P2") { id } patients(search: "P2") { totalCount edges { node { id } } } own: patients { edges { node { patientId } } } processInstances(patientId: "P2") { totalCount } }`, { id });

    expect(data).toEqual({ node: null, patientByWristband: null, patients: { totalCount: 0, edges: [] }, own: { edges: [{ node: { patientId: 'P1' } }] }, processInstances: { totalCount: 0 } });
  });
});
