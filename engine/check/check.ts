import { parseDefinition } from '../definition/index.ts';
import type { ProcessDefinition } from '../definition/index.ts';
import type { DefinitionFinding } from '../failure.ts';
import { structureFindings } from './structure.ts';

/** What is wrong, or doubtful, with a definition: its JSON form, its references, its flows and its expressions. */
export function check(definition: ProcessDefinition): readonly DefinitionFinding[] {
  const parsed = parseDefinition(definition);
  return parsed.ok ? structureFindings(parsed.definition) : parsed.findings;
}
