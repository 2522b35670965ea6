import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import pino from 'pino';
import type { CommandService } from '../../gateway/commands/index.ts';
import { createOutbox, type Outbox } from '../../gateway/subscriptions/index.ts';
import { admitPatients, publishBedsideProcess } from '../support/bedside-process.ts';
import { openStream } from '../support/event-stream.ts';
import { startGateway, type As, type RunningGateway } from '../support/running-gateway.ts';
import { startTestDatabase, type TestDatabase } from '../support/index.ts';

const logger = pino({ level: 'silent' });
const instanceId = '11111111-1111-4111-8111-111111111111';
let server: TestDatabase;
let gateway: RunningGateway;

beforeAll(async () => {
  server = await startTestDatabase();
  gateway = await startGateway({ databaseUrl: server.url, commands: {} as CommandService });
  await publishBedsideProcess(gateway.database);
  await admitPatients(gateway.database);
  const { hash } = await gateway.database.prisma.processBundle.findFirstOrThrow();
  await gateway.database.prisma.processInstance.create({ data: { id: instanceId, processKey: 'bedside', businessKey: 'b1', bundleHash: hash, status: 'running', patientId: 'P1', unit: 'W1', startedBy: 'his' } });
  await gateway.database.prisma.userTask.create({ data: { id: `${instanceId}:t1`, instanceId, taskId: 't1', elementId: 'give', elementInstanceId: 'e1', candidateRoles: ['nurse'], unit: 'W1', form: 'give', patientId: 'P1', input: {}, createdAt: new Date() } });
}, 300_000);
afterAll(async () => {
  await gateway?.close();
  await server?.stop();
});

const insert = async (client: Pick<pg.Client, 'query'>, topic = 'task'): Promise<bigint> => {
  const { rows } = await client.query(`insert into outbox_event (topic, instance_id, task_id, unit) values ($1, $2::uuid, $2::text || ':t1', 'W1') returning id::text`, [topic, instanceId]);
  return BigInt((rows[0] as { id: string }).id);
};
const notify = (client: Pick<pg.Client, 'query'>) => client.query(`select pg_notify('careloop_outbox', '')`);

async function idsOf(reader: Awaited<ReturnType<Outbox['open']>>, timeoutMs = 400): Promise<bigint[]> {
  const ids: bigint[] = [];
  for (;;) {
    const event = await reader.next(timeoutMs);
    if (!event) return ids;
    ids.push(event.id);
  }
}

describe('the outbox', () => {
  const opened: Outbox[] = [];
  const openOutbox = (options: object = {}) => {
    const outbox = createOutbox({ database: gateway.database, logger, pollMs: 100, lagMs: 3_000, ...options });
    opened.push(outbox);
    return outbox;
  };
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((outbox) => outbox.close()));
    await gateway.database.pool.query('delete from outbox_event');
  });

  it('loses nothing when no notification comes', async () => {
    const reader = await openOutbox({ channel: null }).open({ topics: ['task'] });
    await idsOf(reader, 150);

    const inserted: bigint[] = [];
    for (let count = 0; count < 25; count += 1) inserted.push(await insert(gateway.database.pool));

    expect(await idsOf(reader)).toEqual(inserted);
  });

  it('is woken by a notification long before the next poll', async () => {
    const reader = await openOutbox({ pollMs: 60_000 }).open({ topics: ['task'] });
    await idsOf(reader, 300);
    const waiting = reader.next(5_000);

    const id = await insert(gateway.database.pool);
    await notify(gateway.database.pool);

    expect((await waiting)?.id).toBe(id);
  });

  it('gives an event whose transaction commits after a later one', async () => {
    const reader = await openOutbox().open({ topics: ['task'] });
    await idsOf(reader, 150);
    const slow = new pg.Client({ connectionString: server.url });
    await slow.connect();
    await slow.query('begin');
    const early = await insert(slow);
    const late = await insert(gateway.database.pool);

    expect(await idsOf(reader)).toEqual([late]);
    await slow.query('commit');
    await slow.end();

    expect(early < late).toBe(true);
    expect(await idsOf(reader)).toEqual([early]);
  });

  it('gives what came while nobody listened, also an event that was committed late', async () => {
    const outbox = openOutbox();
    const first = await insert(gateway.database.pool);
    const slow = new pg.Client({ connectionString: server.url });
    await slow.connect();
    await slow.query('begin');
    const early = await insert(slow);
    const cursor = await insert(gateway.database.pool);
    await slow.query('commit');
    await slow.end();
    const missed = [await insert(gateway.database.pool), await insert(gateway.database.pool)];

    const resumed = await idsOf(await outbox.open({ topics: ['task'] }, cursor));

    expect(resumed).toEqual(expect.arrayContaining([early, ...missed]));
    expect(new Set(resumed).size).toBe(resumed.length);
    expect(first).toBeDefined();
  });

  it('gives each of many events once, in order, to a reader that resumes in the middle of a burst', async () => {
    const outbox = openOutbox({ lagMs: 50 });
    const { rows } = await gateway.database.pool.query<{ id: string }>(`insert into outbox_event (topic, instance_id) select 'instance', $1 from generate_series(1, 1200) returning id::text`, [instanceId]);
    await sleep(120);
    const all = rows.map(({ id }) => BigInt(id)).sort((a, b) => (a < b ? -1 : 1));

    const ids = await idsOf(await outbox.open({ topics: ['instance'], instanceId }, all[99]));

    expect(ids).toEqual(all.slice(100));
  });

  it('reads the table again for a reader that fell behind', async () => {
    const reader = await openOutbox({ pollMs: 20 }).open({ topics: ['instance'] });
    await idsOf(reader, 150);
    const { rows } = await gateway.database.pool.query<{ id: string }>(`insert into outbox_event (topic, instance_id) select 'instance', $1 from generate_series(1, 2500) returning id::text`, [instanceId]);
    await sleep(600);

    const ids = new Set(await idsOf(reader));

    expect(rows.filter(({ id }) => !ids.has(BigInt(id)))).toEqual([]);
  });

  it('goes on after its listening connection was cut', async () => {
    const reader = await openOutbox().open({ topics: ['task'] });
    await idsOf(reader, 200);
    const owner = new pg.Client({ connectionString: server.ownerUrl });
    await owner.connect();
    await owner.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query ilike 'listen %' and pid <> pg_backend_pid()`);
    await owner.end();

    const id = await insert(gateway.database.pool);

    expect(await idsOf(reader)).toEqual([id]);
  });
});

describe('a subscription', () => {
  const subscribe = (as: As, query: string, variables: object = {}) => openStream(gateway, as, query, variables);
  const tasksChanged = 'subscription ($after: String) { tasksChanged(after: $after) { cursor taskId task { status patient { name } } } }';
  const happen = async (topic = 'task') => {
    const id = await insert(gateway.database.pool, topic);
    await notify(gateway.database.pool);
    return id.toString();
  };

  it('tells a nurse of a change of a task, and another ward only that there was one', async () => {
    const [own, foreign] = await Promise.all([gateway.signIn('nurse'), gateway.signIn('nurse', 'W2')]);
    const streams = [await subscribe(own, tasksChanged), await subscribe(foreign, tasksChanged)];
    await sleep(300);

    const cursor = await happen();
    const [seen, notSeen] = await Promise.all(streams.map((stream) => stream.next()));
    streams.forEach((stream) => stream.close());

    expect(seen).toMatchObject({ data: { tasksChanged: { cursor, task: { status: 'open', patient: { name: '患者P1（合成）' } } } } });
    expect(notSeen).toMatchObject({ data: { tasksChanged: { cursor, task: null } } });
  });

  it('tells of a change of any instance who may see it, and nobody else', async () => {
    const changed = 'subscription { processInstancesChanged { cursor processInstance { businessKey } } }';
    const [operator, foreign] = await Promise.all([gateway.signIn('operator'), gateway.signIn('nurse', 'W2')]);
    const [seeing, notSeeing] = [await subscribe(operator, changed), await subscribe(foreign, changed)];
    await sleep(300);

    const cursor = await happen('instance');
    const seen = await seeing.next();
    const unseen = await notSeeing.next(1_000);
    seeing.close();
    notSeeing.close();

    expect(seen).toMatchObject({ data: { processInstancesChanged: { cursor, processInstance: { businessKey: 'b1' } } } });
    expect(unseen).toBe('silent');
  });

  it('is told within a second of a label, a move, and the end of a care team or an emergency access, and sees less at once', async () => {
    const { prisma } = gateway.database;
    const [own, foreign] = await Promise.all([gateway.signIn('head-nurse', 'W1'), gateway.signIn('nurse', 'W2')]);
    const changed = 'subscription { patientAccessChanged { cursor } }';
    const seenBy = async (as: As) => (await gateway.graphql(as, '{ patients(search: "P1") { edges { node { patientId } } } }')).data.patients.edges.length;
    const [owns, foreigns, tasks] = [await subscribe(own, changed), await subscribe(foreign, changed), await subscribe(own, tasksChanged)];
    const quiet = async () => {
      while ((await owns.next(500)) !== 'silent' || (await foreigns.next(200)) !== 'silent' || (await tasks.next(200)) !== 'silent');
    };
    const told = async (stream: typeof owns, act: () => Promise<unknown>) => {
      await quiet();
      await act();
      const begun = performance.now();
      return [await stream.next(2_000), performance.now() - begun] as const;
    };
    const event = { data: { patientAccessChanged: { cursor: expect.any(String) } } };
    const userId = 'demo-nurse-w2';
    const access = '55555555-5555-4555-8555-555555555555';
    const member = '66666666-6666-4666-8666-666666666666';

    const label = await told(owns, () => prisma.sensitivityLabel.create({ data: { id: access, patientId: 'P1', code: 'PSY', reason: 'test', setBy: 'demo-doctor-w1', setAt: new Date() } }));
    const taskOfLabel = await tasks.next();
    const unconcerned = await foreigns.next(300);
    await prisma.emergencyAccess.create({ data: { id: access, patientId: 'P1', userId, reasonCode: 'other', reason: 'test', startedAt: new Date(), expiresAt: new Date(Date.now() + 600_000) } });
    const seenInEmergency = await seenBy(foreign);
    const emergency = await told(foreigns, () => prisma.emergencyAccess.update({ where: { id: access }, data: { endedAt: new Date() } }));
    const seenAfterwards = await seenBy(foreign);
    await prisma.careTeamMember.create({ data: { id: member, patientId: 'P1', userId, reasonCode: 'consultation', validFrom: new Date(), validUntil: new Date(Date.now() + 600_000), addedBy: 'demo-doctor-w1' } });
    const team = await told(foreigns, () => prisma.careTeamMember.update({ where: { id: member }, data: { endedAt: new Date(), endedBy: 'demo-doctor-w1' } }));
    const moved = await told(owns, () => prisma.encounter.update({ where: { id: 'E-P1' }, data: { wardId: 'W2' } }));
    const arrived = await foreigns.next();
    const seenByFormerWard = await seenBy(own);
    await prisma.encounter.update({ where: { id: 'E-P1' }, data: { wardId: 'W1' } });
    await prisma.sensitivityLabel.update({ where: { id: access }, data: { removedAt: new Date(), removedBy: 'demo-doctor-w1' } });
    await quiet();
    for (const stream of [owns, foreigns, tasks]) stream.close();

    expect([label, emergency, team, moved].map(([message]) => message)).toEqual([event, event, event, event]);
    expect(Math.max(...[label, emergency, team, moved].map(([, ms]) => ms))).toBeLessThan(1_000);
    expect(taskOfLabel).toMatchObject({ data: { tasksChanged: { task: { status: 'open' } } } });
    expect([unconcerned, arrived]).toEqual(['silent', event]);
    expect([seenInEmergency, seenAfterwards, seenByFormerWard]).toEqual([1, 0, 0]);
  }, 60_000);

  it('shows the task as it is now at each event, not as it was at the first', async () => {
    const stream = await subscribe(await gateway.signIn('nurse'), tasksChanged);
    await sleep(300);
    await happen();
    const first = await stream.next();
    await gateway.database.prisma.userTask.updateMany({ data: { status: 'completed', endedAt: new Date() } });
    await happen();
    const second = await stream.next();
    stream.close();
    await gateway.database.prisma.userTask.updateMany({ data: { status: 'open', endedAt: null } });

    expect([first, second]).toMatchObject([{ data: { tasksChanged: { task: { status: 'open' } } } }, { data: { tasksChanged: { task: { status: 'completed' } } } }]);
  });

  it('tells nothing more once the relation to the patient has ended', async () => {
    const { prisma } = gateway.database;
    const doctor = await gateway.signIn('doctor', 'W2');
    const changed = 'subscription ($id: ID!) { processInstanceChanged(id: $id) { cursor processInstance { patient { name } } } }';
    const refused = await subscribe(doctor, changed, { id: instanceId });
    const unrelated = await refused.next(1_000);
    refused.close();
    const about = { patientId: 'P1', userId: 'demo-doctor-w2', validFrom: new Date(Date.now() - 60_000), validUntil: new Date(Date.now() + 3_600_000) };
    await prisma.careTeamMember.create({ data: { ...about, id: '77777777-7777-4777-8777-777777777777', reasonCode: 'consultation', addedBy: 'test' } });
    const stream = await subscribe(doctor, changed, { id: instanceId });
    await sleep(300);
    await happen('instance');
    const related = await stream.next();
    // The beginning of the relation is an event too: what was told while it held is none of the later ones.
    for (let told: unknown = related; told !== 'silent' && told !== 'ended'; ) told = await stream.next(500);
    await prisma.careTeamMember.updateMany({ where: { endedAt: null }, data: { endedAt: new Date() } });
    await happen('instance');
    const ended = await stream.next(1_500);
    stream.close();

    expect(JSON.stringify(unrelated)).not.toContain('P1');
    expect(related).toMatchObject({ data: { processInstanceChanged: { processInstance: { patient: { name: '患者P1（合成）' } } } } });
    expect(ended).toBe('silent');
  });

  it('resumes after its cursor', async () => {
    const nurse = await gateway.signIn('nurse');
    const cursor = await happen('instance');
    await sleep(20);
    const missed = [await happen('instance'), await happen('instance')];
    const stream = await subscribe(nurse, 'subscription ($id: ID!, $after: String) { processInstanceChanged(id: $id, after: $after) { cursor processInstance { status businessKey } } }', { id: instanceId, after: cursor });

    const cursors: string[] = [];
    while (!missed.every((id) => cursors.includes(id))) {
      const message = await stream.next();
      if (typeof message === 'string') throw new Error(`Expected the missed events, but the stream is ${message} after ${cursors.join()}`);
      cursors.push(message.data?.['processInstanceChanged']?.cursor ?? '');
    }
    stream.close();

    expect(cursors).toEqual(expect.arrayContaining(missed));
  });

  it('ends when the session is revoked', async () => {
    const nurse = await gateway.signIn('nurse');
    const stream = await subscribe(nurse, tasksChanged);
    await sleep(300);

    await fetch(`${gateway.url}/api/auth/sign-out`, { method: 'POST', headers: { ...nurse, 'content-type': 'application/json', origin: 'http://localhost:4000' }, body: '{}' });
    await happen();

    expect(await stream.next()).toBe('ended');
  });

  it('is refused for an instance of another ward, to whom may not ask, and with a cursor of ours that is none', async () => {
    const query = 'subscription ($id: ID!, $after: String) { processInstanceChanged(id: $id, after: $after) { cursor } }';
    const foreign = await subscribe(await gateway.signIn('nurse', 'W2'), query, { id: instanceId });
    const admin = await subscribe(await gateway.signIn('system-administrator'), query, { id: instanceId });
    const wrong = await subscribe(await gateway.signIn('nurse'), tasksChanged, { after: 'x' });

    const answers = await Promise.all([foreign, admin, wrong].map((stream) => stream.next()));
    [foreign, admin, wrong].forEach((stream) => stream.close());

    expect(JSON.stringify(answers[0])).toContain('INSTANCE_NOT_FOUND');
    expect(JSON.stringify(answers[1])).toContain('FORBIDDEN');
    expect(JSON.stringify(answers[2])).toContain('CURSOR_INVALID');
    expect((await gateway.entries('access.refused')).map(({ reason }) => reason)).toContain('FORBIDDEN Subscription.processInstanceChanged');
  });
});
