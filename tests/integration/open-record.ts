import { randomBytes } from 'node:crypto';
import { createKeyStore, type KeyStore } from '#activities';
import { createDatabase, type Database } from '#database';
import { startTestDatabase, type TestDatabase } from '../support/index.ts';

/** A record on a database of its own, and what stands in it. */
export interface OpenRecord {
  readonly server: TestDatabase;
  readonly database: Database;
  readonly keys: KeyStore;
  readonly masterKey: Buffer;
  /** The entries of an instance, oldest first. */
  entriesOf(instanceId: string): ReturnType<typeof entriesOf>;
  /** What the record's projections show of an instance. */
  projectionsOf(instanceId: string): ReturnType<typeof projectionsOf>;
  close(): Promise<void>;
}

/** For beforeAll. */
export async function openRecord(): Promise<OpenRecord> {
  const server = await startTestDatabase();
  const database = createDatabase(server.url);
  const masterKey = randomBytes(32);
  return {
    server,
    database,
    masterKey,
    keys: createKeyStore(database, masterKey),
    entriesOf: (instanceId) => entriesOf(database, instanceId),
    projectionsOf: (instanceId) => projectionsOf(database, instanceId),
    close: async () => {
      await database.close();
      await server.stop();
    },
  };
}

function entriesOf({ prisma }: Database, instanceId: string) {
  return prisma.auditEntry.findMany({ where: { instanceId }, orderBy: { id: 'asc' } });
}

async function projectionsOf({ prisma }: Database, instanceId: string) {
  const instance = await prisma.processInstance.findUniqueOrThrow({ where: { id: instanceId }, include: { tasks: { orderBy: { id: 'asc' } }, incidents: true, subscriptions: true } });
  const ledger = await prisma.ledgerStep.findMany({ where: { instanceId }, orderBy: { id: 'asc' } });
  return {
    status: instance.status,
    patientId: instance.patientId,
    sequence: instance.sequence,
    path: instance.path,
    completed: instance.completedElements,
    variables: instance.variables,
    endedAt: instance.endedAt?.toISOString() ?? null,
    tasks: instance.tasks.map((row) => [row.taskId, row.status, row.assignee, row.completedBy]),
    subscriptions: instance.subscriptions.map((row) => row.subscriptionId),
    incidents: instance.incidents.map((row) => [row.incidentId, row.resolvedBy]),
    ledger: ledger.map((row) => row.step),
  };
}
