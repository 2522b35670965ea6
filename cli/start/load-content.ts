import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDatabase } from '#database';
import { publishProcess } from '../../gateway/processes/index.ts';
import type { RunningSettings } from '../../gateway/settings.ts';

const processesFolder = fileURLToPath(new URL('../../processes', import.meta.url));

/** Publishes the processes of `processes/` and, in a demo, loads the demo hospital; both leave alone what is there. */
export async function loadContent(settings: RunningSettings, progress: (message: string) => void): Promise<void> {
  const database = createDatabase(settings.databaseUrl, 2);
  try {
    for (const { name } of readdirSync(processesFolder, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
      const { key, version, isNew } = await publishProcess(database, join(processesFolder, name));
      if (isNew) progress(`Published process ${key}, version ${version}.`);
    }
    if (settings.isDemo) {
      const { seedDemoHospital } = await import('../../gateway/demo-hospital/index.ts');
      await seedDemoHospital(database);
    }
  } finally {
    await database.close();
  }
}
