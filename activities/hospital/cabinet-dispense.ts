import { createHash } from 'node:crypto';
import { z } from 'zod';
import { OutcomeUnknownError, ServiceFailedError, type ServiceActivity } from '../service-activity.ts';
import { askCabinet } from './ask-cabinet.ts';

const inputSchema = z.object({
  /** Whose cabinet: the ward's id. */
  ward: z.string().regex(/^[^/+#\s]+$/),
  medicationCode: z.string().min(1),
  /** Packs or units of form. */
  quantity: z.number().int().positive().max(1_000),
  /** How long the cabinet has; 10 s when absent. */
  timeoutMs: z.number().int().min(100).max(120_000).optional(),
});
type Input = z.infer<typeof inputSchema>;

/** What the cabinet did. */
export type Dispensed = {
  readonly jobId: string;
  readonly drug: string;
  readonly quantity: number;
  readonly dispensedAt: string;
};

const defaultTimeoutMs = 10_000;
const probeTimeoutMs = 3_000;

/**
 * Lets a ward's cabinet hand out a drug. The job's number follows from the idempotency key. A cabinet that
 * does not answer may have opened its drawer: it is asked for the job, and a person decides when it stays silent.
 */
export const dispense: ServiceActivity<Input, Dispensed> = {
  type: 'cabinet.dispense',
  effect: 'probe',
  input: inputSchema,
  async run({ ward, medicationCode: drug, quantity, timeoutMs }, { settings, idempotencyKey, signal }) {
    const jobId = jobIdOf(idempotencyKey);
    const answer = await askCabinet({ url: settings.mqttUrl, ward, topic: 'commands', request: { type: 'dispense', jobId, drug, quantity }, timeoutMs: timeoutMs ?? defaultTimeoutMs, signal });
    if (answer === undefined) throw new OutcomeUnknownError('Expected the cabinet to answer, but it did not');
    if (answer.status === 'done') return resultOf(jobId, drug, quantity, answer.at);
    if (answer.status === 'rejected') throw new ServiceFailedError(`Expected the cabinet to dispense, but it refused (${answer.reason ?? 'no reason given'})`, false);
    throw new OutcomeUnknownError('Expected the cabinet to finish the job, but it has not');
  },
  async probe({ ward, medicationCode: drug, quantity }, { settings, idempotencyKey, signal }) {
    const jobId = jobIdOf(idempotencyKey);
    const answer = await askCabinet({ url: settings.mqttUrl, ward, topic: 'queries', request: { type: 'query', jobId }, timeoutMs: probeTimeoutMs, signal });
    if (answer?.status === 'done') return { kind: 'done', result: resultOf(jobId, drug, quantity, answer.at) };
    // A rejected job and one that never arrived were not carried out; one in progress may still be.
    return answer?.status === 'rejected' || answer?.status === 'notDone' ? { kind: 'notDone' } : { kind: 'unknown' };
  },
};

function jobIdOf(idempotencyKey: string): string {
  return `JOB-${createHash('sha256').update(idempotencyKey).digest('hex').slice(0, 20)}`;
}

function resultOf(jobId: string, drug: string, quantity: number, at: string | undefined): Dispensed {
  return { jobId, drug, quantity, dispensedAt: at ?? new Date().toISOString() };
}
