import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDatabase } from '#database';
import { publishContentCases, publishProcess, publishRuleLibrary } from '../../gateway/processes/index.ts';
import type { RunningSettings } from '../../gateway/settings.ts';

const libraryFolder = fileURLToPath(new URL('../../rules/library', import.meta.url));
const processesFolder = fileURLToPath(new URL('../../processes', import.meta.url));

/** Publishes the processes of `processes/`, the rule sets of `rules/library/` and, in a demo, loads the demo hospital; both leave alone what is there. */
export async function loadContent(settings: RunningSettings, progress: (message: string) => void): Promise<void> {
  for (const published of await publishProcesses(settings.databaseUrl)) progress(`Published process ${published}.`);
  for (const published of await publishLibrary(settings.databaseUrl)) progress(`Published rule set ${published}.`);
  if (!settings.isDemo) return;
  const { seedDemoHospital, startDemoOrders } = await import('../../gateway/demo-hospital/index.ts');
  const database = createDatabase(settings.databaseUrl, 2);
  try {
    await seedDemoHospital(database);
    await startDemoOrders(database);
  } finally {
    await database.close();
  }
}

/** Publishes what is new or has changed in `rules/library/`; returns each as `key, version n`. */
export async function publishLibrary(databaseUrl: string): Promise<readonly string[]> {
  const database = createDatabase(databaseUrl, 2);
  try {
    const published = await publishRuleLibrary(database, libraryFolder);
    await publishContentCases(database, libraryFolder);
    return published.map(({ key, version }) => `${key}, version ${version}`);
  } finally {
    await database.close();
  }
}

/** Publishes what is new or has changed in `processes/`; returns each as `key, version n`. */
export async function publishProcesses(databaseUrl: string): Promise<readonly string[]> {
  const database = createDatabase(databaseUrl, 2);
  const published: string[] = [];
  try {
    for (const { name } of readdirSync(processesFolder, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
      const folder = join(processesFolder, name);
      const { key, version, isNew } = await publishProcess(database, folder);
      await publishContentCases(database, folder);
      if (isNew) published.push(`${key}, version ${version}`);
    }
  } finally {
    await database.close();
  }
  return published;
}
