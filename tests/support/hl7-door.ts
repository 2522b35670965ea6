import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { pino } from 'pino';
import { createKeyStore } from '#activities';
import { createDatabase, type Database } from '#database';
import type { CommandOutcome, CommandService, PublishMessage, StartProcess } from '../../gateway/commands/command-service.ts';
import { startMllpDoor, type MllpDoor, type MllpDoorOptions } from '../../gateway/hl7/index.ts';
import { sendMessages, writeNewOrder } from '../../simulators/index.ts';
import { startTestDatabase } from './index.ts';

/** What the door asked of the command service. */
export type AskedCommand = (StartProcess & { readonly kind: 'start' }) | (PublishMessage & { readonly kind: 'message' });

/** A refusal as it stands on record. */
export interface RecordedRefusal {
  readonly action: string;
  readonly reason: string;
  readonly patient_id: string | null;
}

/** The HL7 door on a database with two patients and one drug, before a command service that only notes. */
export class TestHl7Door {
  readonly database: Database;
  /** As the owner of the tables. */
  readonly owner: pg.Client;
  /** What the door asked for since the last `open`. */
  recorded: AskedCommand[] = [];
  /** What the command service says next; accepted when there is nothing. */
  nextOutcomes: (CommandOutcome | Error)[] = [];
  readonly #stopServer: () => Promise<void>;
  readonly #open: MllpDoor[] = [];

  private constructor(database: Database, owner: pg.Client, stopServer: () => Promise<void>) {
    this.database = database;
    this.owner = owner;
    this.#stopServer = stopServer;
  }

  static async start(): Promise<TestHl7Door> {
    const server = await startTestDatabase();
    const owner = new pg.Client({ connectionString: server.ownerUrl });
    await owner.connect();
    const database = createDatabase(server.url);
    await admit(database);
    return new TestHl7Door(database, owner, () => server.stop());
  }

  /** Opens the first door of a test and forgets what was asked before. */
  async open(): Promise<void> {
    this.recorded = [];
    this.nextOutcomes = [];
    await this.openDoor();
  }

  /** Opens one more door. */
  async openDoor(options: Partial<MllpDoorOptions> = {}): Promise<MllpDoor> {
    // Records what the door asks for; the real one has tests of its own.
    const commands = {
      startProcess: async (command: StartProcess) => this.#take({ ...command, kind: 'start' }),
      publishMessage: async (command: PublishMessage) => this.#take({ ...command, kind: 'message' }),
    } as unknown as CommandService;
    const opened = await startMllpDoor({ port: 0, database: this.database, commands, keys: createKeyStore(this.database, Buffer.alloc(32, 7)), logger: pino({ level: 'silent' }), ...options });
    this.#open.push(opened);
    return opened;
  }

  get port(): number {
    const [first] = this.#open;
    if (first === undefined) throw new Error('Expected an open door, but there is none');
    return first.port;
  }

  /** Sends one message to the first door and gives the answer. */
  async send(message: string | Buffer): Promise<string> {
    return (await sendMessages([message], { port: this.port, timeoutMs: 10_000 }))[0] ?? '';
  }

  async refusals(): Promise<readonly RecordedRefusal[]> {
    return (await this.owner.query<RecordedRefusal>(`select action, reason, patient_id from audit_entry where action like '%.refused' order by id`)).rows;
  }

  async closeDoors(): Promise<void> {
    await Promise.all(this.#open.splice(0).map((opened) => opened.close()));
  }

  async stop(): Promise<void> {
    await this.owner.end();
    await this.database.close();
    await this.#stopServer();
  }

  #take(command: AskedCommand): CommandOutcome {
    const next = this.nextOutcomes.shift();
    if (next instanceof Error) throw next;
    this.recorded.push(command);
    return next ?? { status: 'accepted', commandId: command.idempotencyKey, ...(command.kind === 'start' ? { instanceId: '00000000-0000-4000-8000-000000000001' } : {}) };
  }
}

async function admit({ prisma }: Database): Promise<void> {
  await prisma.ward.create({ data: { id: 'w1', name: { 'zh-CN': '一病区', en: 'Ward 1' } } });
  for (const id of ['P12', 'P13']) {
    await prisma.patient.create({ data: { id, name: `病人${id}`, gender: 'female', birthDate: new Date('1948-01-01'), isSynthetic: true } });
    await prisma.encounter.create({ data: { id: `E-${id}`, patientId: id, wardId: 'w1', bed: id.slice(1), admittedAt: new Date('2026-11-01'), wristband: `WB-${id}` } });
  }
  await prisma.medication.create({ data: { code: 'amoxicillin', name: { 'zh-CN': '阿莫西林', en: 'Amoxicillin' }, ingredient: 'amoxicillin', groups: ['penicillin', 'beta-lactam'], strength: 250, strengthUnit: 'mg', form: 'capsule', gtin: '06900000000012' } });
}

/** A control id that no other message has. */
export const controlId = (): string => randomBytes(6).toString('hex');

/** A new order of patient P12, with what a test changes. */
export const newOrder = (change: Partial<Parameters<typeof writeNewOrder>[0]> = {}): string =>
  writeNewOrder({ controlId: controlId(), orderId: `O-${controlId()}`, patient: 'P12', drug: 'amoxicillin', dose: '500', unit: 'mg', route: 'PO', frequency: 'tid', startAt: '2026-11-22T00:00:00Z', ...change });

/** A field of the first segment with that name; empty when there is none. */
export const field = (message: string, segment: string, position: number): string => message.split('\r').find((line) => line.startsWith(`${segment}|`))?.split('|')[position] ?? '';
