import type { DefinitionFinding } from '../failure.ts';
import type { ScriptInput } from '../simulate/script.ts';

/** One thing that the check has to say. `error` keeps a process from being published, `info` says how far the check got. */
export interface CheckFinding extends Omit<DefinitionFinding, 'severity'> {
  readonly severity: 'error' | 'warning' | 'info';
  /** The shortest way to the trouble, as element ids in the order in which they are reached. */
  readonly trace?: readonly string[];
  /** Plays the trouble in the simulator, start variables included; absent when no script could be made that shows it. */
  readonly script?: ScriptInput;
}
