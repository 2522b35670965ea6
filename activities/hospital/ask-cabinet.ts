import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { ServiceFailedError } from '../service-activity.ts';
import { mqttClient } from './connections.ts';

/** An event of a cabinet: the state of a job, in answer to a request. */
const eventSchema = z.object({
  type: z.literal('job'),
  jobId: z.string(),
  correlationId: z.string(),
  status: z.enum(['done', 'notDone', 'inProgress', 'rejected']),
  at: z.iso.datetime().optional(),
  reason: z.string().max(200).optional(),
});
export type CabinetAnswer = z.infer<typeof eventSchema>;

export interface CabinetRequest {
  readonly url: string;
  readonly ward: string;
  readonly topic: 'commands' | 'queries';
  readonly request: { readonly type: string; readonly jobId: string; readonly [name: string]: string | number };
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * Publishes a request on `cabinet/<ward>/<topic>` with QoS 1 and waits for the event on
 * `cabinet/<ward>/events` with its correlation id; undefined when none comes in time.
 * Fails: SERVICE_FAILED (retryable) when the broker could not be reached, so that nothing was handed over.
 */
export async function askCabinet({ url, ward, topic, request, timeoutMs, signal }: CabinetRequest): Promise<CabinetAnswer | undefined> {
  const correlationId = randomUUID();
  const client = await mqttClient(url).catch(() => undefined);
  if (!client?.connected) throw new ServiceFailedError('Expected a connection to the cabinet’s broker, but there is none', true);

  const eventsTopic = `cabinet/${ward}/events`;
  await client.subscribeAsync(eventsTopic, { qos: 1 }).catch(() => {
    throw new ServiceFailedError('Expected to hear the cabinet’s events, but could not subscribe', true);
  });
  return new Promise((resolve) => {
    const onMessage = (from: string, payload: Buffer): void => {
      const event = from === eventsTopic ? readEvent(payload) : undefined;
      if (event?.correlationId === correlationId && event.jobId === request.jobId) finish(event);
    };
    const onAbort = (): void => finish(undefined);
    const timer = setTimeout(() => finish(undefined), timeoutMs);
    const finish = (answer: CabinetAnswer | undefined): void => {
      clearTimeout(timer);
      client.off('message', onMessage);
      signal.removeEventListener('abort', onAbort);
      resolve(answer);
    };
    client.on('message', onMessage);
    signal.addEventListener('abort', onAbort);
    // When the broker does not confirm, the cabinet may have it all the same: only the time decides.
    client.publish(`cabinet/${ward}/${topic}`, JSON.stringify({ ...request, correlationId }), { qos: 1 }, () => undefined);
    if (signal.aborted) onAbort();
  });
}

/** What does not follow the contract is no answer. */
function readEvent(payload: Buffer): CabinetAnswer | undefined {
  try {
    return eventSchema.safeParse(JSON.parse(payload.toString('utf8'))).data;
  } catch {
    return undefined;
  }
}
