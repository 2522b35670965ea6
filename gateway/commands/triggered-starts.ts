import { createInitialState, startTriggers, step, type Actor, type EventDefinition, type Failure, type ProcessPlan, type Variables } from '#engine';
import type { Database } from '#database';
import { compilePublished } from './process-versions.ts';

/** A start of a published process that something outside triggers. */
export interface TriggeredStart {
  readonly processKey: string;
  readonly bundleHash: string;
  readonly startElementId: string;
  readonly event: EventDefinition;
  readonly plan: ProcessPlan;
}

export interface TriggeredStarts {
  /** All starts of one version. */
  of(bundleHash: string): Promise<readonly TriggeredStart[]>;
  /** The starts of the current versions that fit. */
  find(fits: (event: EventDefinition) => boolean): Promise<readonly TriggeredStart[]>;
}

/** Reads what starts the published processes, each version once a process of ours. */
export function createTriggeredStarts({ prisma }: Pick<Database, 'prisma'>): TriggeredStarts {
  const known = new Map<string, readonly TriggeredStart[]>();

  async function startsOf(hash: string): Promise<readonly TriggeredStart[]> {
    const read = known.get(hash);
    if (read) return read;
    const { bytes } = await prisma.processBundle.findUniqueOrThrow({ where: { hash }, select: { bytes: true } });
    // What this release does not run starts nothing, and no other waits for it.
    const plan = compilePublished(bytes, hash);
    const starts = plan ? startTriggers(plan).map(({ startElementId, event }) => ({ processKey: plan.definition.key, bundleHash: hash, startElementId, event, plan })) : [];
    known.set(hash, starts);
    return starts;
  }

  return {
    of: startsOf,
    async find(fits) {
      const current = await prisma.processBundle.findMany({ where: { isCurrent: true }, select: { hash: true }, orderBy: { processKey: 'asc' } });
      const starts = [];
      for (const { hash } of current) starts.push(...(await startsOf(hash)));
      return starts.filter(({ event }) => fits(event));
    },
  };
}

/** Why an instance could not begin like this: asked before anything is allotted. */
export function startRefusal(plan: ProcessPlan, start: { readonly variables: Variables; readonly messageName?: string; readonly signalName?: string; readonly startElementId?: string }, actor: Actor): Failure | undefined {
  const { commands } = step(plan, createInitialState(plan, { instanceId: 'tried' }), { id: 'tried', at: new Date().toISOString(), actor, type: 'instanceStarted', ...start });
  for (const command of commands) if (command.type === 'rejectEvent') return command.failure;
  return undefined;
}
