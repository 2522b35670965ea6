import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Files of the app in which documents stand. */
export function documentFiles(sourceFolder: string): string[] {
  return readdirSync(sourceFolder, { recursive: true, encoding: 'utf8' }).filter((path) => /(?:^|[\\/])(?:documents|commands)\.ts$/.test(path)).sort().map((path) => join(sourceFolder, path));
}

/** The id of a document: SHA-256 of its text, as GraphQL over HTTP's appendix on persisted documents writes it. */
export function documentId(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}
