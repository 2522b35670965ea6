import type { FlowElement, ProcessBundle, ScriptInput, ScriptStep, Variables } from '#engine';
import { flowOf, processOf, type ProcessParts } from '../../engine/testing/process-builder.ts';
import type { PlayOptions } from '../support/scenario-on-temporal.ts';

/** A process with the script whose history is kept: one for each family of elements. */
export interface ReplayExample {
  readonly name: string;
  readonly bundle: ProcessBundle;
  readonly script: ScriptInput;
  readonly path: readonly string[];
  readonly variables: Variables;
  /** A word of the shell without which its history does not go through. */
  readonly dependsOn: string;
  readonly options?: PlayOptions;
  /** The process whose instance is recorded, where it is one of those beside the script's. */
  readonly recorded?: ProcessBundle;
  /** How the instances beside the script's end: `completed` when absent. */
  readonly othersEnd?: 'cancelled';
}

/** Who does the tasks. */
export const nurse = { id: 'n1', roles: ['nurse'] };
export const complete = (element: string, data = {}, id = nurse.id): ScriptStep => ({ complete: { element, as: { ...nurse, id }, data } });
export const scriptOf = (variables: Extract<ScriptStep, { start: unknown }>['start']['variables'], ...steps: ScriptStep[]): ScriptInput => ({ format: 'careloop-script/1', services: { 'test.act': {} }, steps: [{ start: { variables } }, ...steps] });
export const bundleOf = (key: string, parts: ProcessParts): ProcessBundle => ({ format: 'careloop-bundle/1', definition: { ...processOf(parts), key }, ruleSets: {} });
export const endOf = (id: string): FlowElement => ({ id, type: 'endEvent' });
export const gateway = (id: string, type: 'inclusiveGateway' | 'complexGateway' | 'eventBasedGateway' | 'parallelGateway', more = {}): FlowElement => ({ id, type, ...more });
export const flowsOf = (...texts: readonly string[]) => texts.map(flowOf);
