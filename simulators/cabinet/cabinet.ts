import { createServer, type AddressInfo } from 'node:net';
import { Aedes } from 'aedes';
import mqtt from 'mqtt';
import { z } from 'zod';
import type { EffectLog } from '../effects.ts';
import { createReorderer } from '../reorderer.ts';
import { takeRejection, type SwitchBoard } from '../switches.ts';

const commandSchema = z.object({ type: z.literal('dispense'), jobId: z.string().min(1), drug: z.string().min(1), quantity: z.number().int().positive(), correlationId: z.string().min(1) });
const querySchema = z.object({ type: z.literal('query'), jobId: z.string().min(1), correlationId: z.string().min(1) });

type JobStatus = { readonly status: 'inProgress' } | { readonly status: 'done'; readonly at: string } | { readonly status: 'rejected'; readonly reason: string } | { readonly status: 'notDone' };

/**
 * Medication cabinets on MQTT 3.1.1 with a broker of their own. A cabinet of a ward takes
 * `cabinet/<ward>/commands` {type: dispense, jobId, drug, quantity, correlationId} and
 * `cabinet/<ward>/queries` {type: query, jobId, correlationId}, and answers on `cabinet/<ward>/events`
 * {type: job, jobId, correlationId, status: done | notDone | inProgress | rejected, at?, reason?}.
 * Like the real ones it does again what it is told again: who may not repeat must not ask twice.
 */
export async function startCabinet(port: number, effects: EffectLog, board: SwitchBoard): Promise<{ readonly port: number; close(): Promise<void> }> {
  const broker = await Aedes.createBroker();
  const server = createServer(broker.handle);
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  // Listening on TCP: the address is an object.
  const { port: taken } = server.address() as AddressInfo;

  const jobs = new Map<string, JobStatus>(effects.all().filter(({ system }) => system === 'cabinet').map(({ id, at }) => [id, { status: 'done', at }]));
  const schedule = createReorderer(board);
  let isClosed = false;
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${taken}`);
  client.on('error', () => undefined);

  function publish(ward: string, jobId: string, correlationId: string, state: JobStatus): void {
    const event = JSON.stringify({ type: 'job', jobId, correlationId, ...state });
    client.publish(`cabinet/${ward}/events`, event, { qos: 1 });
    if (board.current.duplicate) client.publish(`cabinet/${ward}/events`, event, { qos: 1 });
  }

  function dispense(ward: string, { jobId, drug, quantity, correlationId }: z.infer<typeof commandSchema>): void {
    if (isClosed) return;
    const state: JobStatus = takeRejection(board)
      ? { status: 'rejected', reason: 'REFUSED_BY_SWITCH' }
      : { status: 'done', at: effects.append({ system: 'cabinet', kind: 'dispense', id: jobId, detail: { ward, drug, quantity } }).at };
    jobs.set(jobId, state);
    if (!board.current.answerLost) publish(ward, jobId, correlationId, state);
  }

  client.on('message', (topic, payload) => {
    const [, ward = '', kind] = topic.split('/');
    // Switched off: what comes now is lost.
    if (board.current.silent) return;
    const content = readJson(payload);
    const command = kind === 'commands' ? commandSchema.safeParse(content).data : undefined;
    const query = kind === 'queries' ? querySchema.safeParse(content).data : undefined;
    if (command) {
      jobs.set(command.jobId, { status: 'inProgress' });
      schedule(() => setTimeout(() => dispense(ward, command), board.current.delayMs));
    }
    if (query) publish(ward, query.jobId, query.correlationId, jobs.get(query.jobId) ?? { status: 'notDone' });
  });
  await client.subscribeAsync(['cabinet/+/commands', 'cabinet/+/queries'], { qos: 1 });

  return {
    port: taken,
    close: async () => {
      isClosed = true;
      await client.endAsync(true);
      await new Promise<void>((resolve) => broker.close(() => resolve()));
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function readJson(payload: Buffer): unknown {
  try {
    return JSON.parse(payload.toString('utf8'));
  } catch {
    return undefined;
  }
}
