import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Settings } from '../../gateway/settings.ts';

const portsSchema = z.object({ postgres: z.number().int().min(1).max(65_535) });

/**
 * The database of DATABASE_URL, or else of the installation that runs on the data folder. Throws a sentence
 * with the remedy when there is neither.
 */
export function runningDatabaseUrl({ databaseUrl, dataFolder }: Pick<Settings, 'databaseUrl' | 'dataFolder'>): string {
  if (databaseUrl !== undefined) return databaseUrl;
  try {
    const { postgres } = portsSchema.parse(JSON.parse(readFileSync(join(dataFolder, 'ports.json'), 'utf8')));
    const password = readFileSync(join(dataFolder, 'postgres-password'), 'utf8').trim();
    return `postgresql://careloop_app:${encodeURIComponent(password)}@127.0.0.1:${postgres}/careloop`;
  } catch (cause) {
    throw new Error(`Expected a running installation on ${dataFolder}, but found none. Start it with "npm start", or set CARELOOP_DATA or DATABASE_URL.`, { cause });
  }
}
