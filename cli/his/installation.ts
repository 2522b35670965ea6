import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readSettings } from '../../gateway/settings.ts';

const portsSchema = z.object({ mllp: z.number().int().positive() });
const simulatorsSchema = z.object({ his: z.number(), mqtt: z.number(), control: z.number().int().positive() });

/** The data folder of the installation that this shell means. */
export function dataFolder(): string {
  return readSettings().dataFolder;
}

/** Port of the running installation's HL7 door. Throws a sentence with the remedy when nothing runs. */
export function mllpPort(folder: string): number {
  return readPorts(join(folder, 'ports.json'), portsSchema).mllp;
}

/** Port of the simulators' control desk. Throws a sentence with the remedy when they do not run. */
export function controlPort(folder: string): number {
  return readPorts(join(folder, 'simulators.json'), simulatorsSchema).control;
}

function readPorts<T>(file: string, schema: z.ZodType<T>): T {
  if (!existsSync(file)) throw new Error(`Expected a running installation with ${file}, but there is no such file. Start one with "npm start", or set CARELOOP_DATA to its data folder.`);
  const parsed = schema.safeParse(readJson(file));
  if (!parsed.success) throw new Error(`Expected ports in ${file}, but it holds something else. Start the installation again.`);
  return parsed.data;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
