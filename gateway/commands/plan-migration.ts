import { generateMapping, tryMigration, type ElementMapping, type MigrationFinding, type ProcessState } from '#engine';
import type { Database } from '#database';
import type { CommandFailure, MigrationAnswer, MigrationQuestion } from './command-service.ts';
import { readVersion, type ProcessVersion } from './process-versions.ts';

/** A version with its plan: one that this release runs. */
type RunnableVersion = Required<ProcessVersion>;

/** From which version to which, and how. */
export interface Migration {
  readonly source: RunnableVersion;
  readonly target: RunnableVersion;
  readonly mapping: ElementMapping;
}

/**
 * The migration of an instance as it is on record; without a mapping it gets the generated one.
 * Fails: INSTANCE_NOT_FOUND, PROCESS_NOT_FOUND for a target that is not published or that this release does not run.
 */
export async function readMigration({ instanceId, targetHash, mapping }: MigrationQuestion, database: Pick<Database, 'prisma'>): Promise<Migration | CommandFailure> {
  const instance = await database.prisma.processInstance.findUnique({ where: { id: instanceId }, select: { bundleHash: true } });
  const source = instance && (await readVersion(database, instance.bundleHash));
  if (!isRunnable(source)) return { code: 'INSTANCE_NOT_FOUND', message: 'Expected a known instance of a version that can run, but found none', place: 'instanceId' };
  const target = await readVersion(database, targetHash);
  if (!isRunnable(target)) return { code: 'PROCESS_NOT_FOUND', message: 'Expected a published version that can run, but found none with this hash', place: 'targetHash' };
  return { source, target, mapping: mapping ?? generateMapping(source.plan.definition, target.plan.definition).mapping };
}

/** What a migration would come to now. Changes nothing. */
export async function planMigration(question: MigrationQuestion, database: Pick<Database, 'prisma'>, readState: (instanceId: string) => Promise<ProcessState | undefined>): Promise<MigrationAnswer> {
  const migration = await readMigration(question, database);
  if ('code' in migration) return { status: 'refused', failure: migration };
  const state = await readState(question.instanceId);
  if (!state) return { status: 'refused', failure: { code: 'INSTANCE_NOT_ANSWERING', message: 'Expected the instance to tell where it is, but it did not in time', place: 'instanceId' } };
  if (state.status !== 'running') return { status: 'refused', failure: { code: 'INSTANCE_NOT_RUNNING', message: `Expected a running instance, but it is ${state.status}`, place: 'instanceId' } };
  const { source, target, mapping } = migration;
  const findings: readonly MigrationFinding[] = tryMigration(source.plan, target.plan, state, mapping, new Date().toISOString());
  return { status: 'planned', sourceHash: source.hash, mapping, activeElementIds: [...new Set(Object.values(state.elementInstances).map(({ elementId }) => elementId))], findings };
}

function isRunnable(version: ProcessVersion | null | undefined): version is RunnableVersion {
  return version?.plan !== undefined;
}
