import { randomUUID } from 'node:crypto';
import { locateTimeSkippingServer } from '../../cli/servers/temporal-binary.ts';
import { sharedServer } from './test-servers.ts';

/** The run's shared Temporal server, with a task queue that nobody else uses. */
export interface TestTemporal {
  readonly address: string;
  readonly namespace: string;
  readonly taskQueue: string;
}

/** A real Temporal server, in memory, shared by the test run. */
export async function testTemporal(): Promise<TestTemporal> {
  const { address } = await sharedServer('temporal');
  return { address, namespace: 'default', taskQueue: `test-${randomUUID()}` };
}

/**
 * The path of the time-skipping server, for
 * `TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'existing-path', path } } })`.
 */
export function testTimeSkipping(): Promise<string> {
  return locateTimeSkippingServer(() => undefined);
}
