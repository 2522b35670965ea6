import { engineActor } from '../actor.ts';
import type { ElementMapping } from '../event.ts';
import type { ProcessPlan } from '../plan.ts';
import type { ProcessState } from '../state.ts';
import { step } from '../step.ts';
import type { MigrationFinding } from './migration-finding.ts';
import { elementTypesAt } from './migration-findings.ts';

/**
 * What would keep the state from going on in the target version at this instant; empty when nothing does. It is tried
 * with the same `step`, and what comes of it is thrown away.
 */
export function tryMigration(present: ProcessPlan, target: ProcessPlan, state: ProcessState, mapping: ElementMapping, at: string): readonly MigrationFinding[] {
  const { commands } = step(target, state, { id: 'tried', at, actor: engineActor, type: 'instanceMigrated', version: target.definition.version, mapping, types: elementTypesAt(present, state), reason: 'tried' });
  const refused = commands.find((command) => command.type === 'rejectEvent')?.failure;
  if (!refused) return [];
  const { message, elementId } = refused;
  return refused.findings ?? [{ code: 'EXPRESSION_FAILS', message, ...(elementId === undefined ? {} : { targetElementId: elementId }) }];
}
