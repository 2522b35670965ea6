import { z } from 'zod';
import { processDefinitionSchema } from './process-definition.ts';

/** The JSON Schema (draft 2020-12) of a process definition, for editors and other tools. Rules over several fields are not in it. */
export function processDefinitionJsonSchema(): object {
  return { title: 'Careloop process definition', description: 'The canonical JSON form of an executable process: careloop-process/1', ...z.toJSONSchema(processDefinitionSchema, { io: 'input', reused: 'ref' }) };
}
