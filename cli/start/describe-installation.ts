import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { Settings } from '../../gateway/settings.ts';

const linksSchema = z.record(z.string(), z.string());

/** What a person needs to know once everything runs: address, doors, credentials, one-time sign-in links. */
export function describeInstallation(settings: Settings, progress: (message: string) => void): string {
  const lines = [
    '',
    `Careloop is running at ${settings.baseUrl}/`,
    '',
    `  GraphQL           ${settings.baseUrl}/graphql`,
    `  HL7 v2 over MLLP  ${settings.host}:${settings.mllpPort}`,
    `  Logs              ${join(settings.dataFolder, 'logs')}`,
  ];
  if (settings.isDemo) {
    lines.push(
      `  HIS simulator     MLLP ${settings.hisHost}:${settings.hisPort}`,
      `  Cabinet           MQTT ${settings.mqttHost}:${settings.mqttPort}`,
      `  Simulator control http://127.0.0.1:${settings.simulatorControlPort}/`,
      `  Demo credentials  ${join(settings.dataFolder, 'demo-credentials.json')}`,
      ...signInLinks(settings, progress),
    );
  } else {
    // Without the demo nobody is there yet.
    const where = settings.dataFolder === resolve('.careloop') ? '' : `CARELOOP_DATA=${settings.dataFolder} `;
    lines.push('', 'Where nobody can sign in yet, make a link for each of two administrators, who make everybody else (docs/operations.md):', `  ${where}npm run -s careloop -- people create-administrators`);
  }
  return [...lines, '', 'Ctrl-C ends it.'].join('\n');
}

function signInLinks(settings: Settings, progress: (message: string) => void): readonly string[] {
  const file = join(settings.dataFolder, 'sign-in-links.json');
  if (!existsSync(file)) return [];
  const parsed = linksSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!parsed.success) {
    progress(`Expected sign-in links in ${file}, but it holds something else.`);
    return [];
  }
  const width = Math.max(...Object.keys(parsed.data).map((role) => role.length));
  return ['', 'Sign in with one click (each link works once, within ten minutes, on this machine only):', ...Object.entries(parsed.data).map(([role, link]) => `  ${role.padEnd(width)}  ${link}`)];
}
