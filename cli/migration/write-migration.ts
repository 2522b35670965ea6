import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { diffSchema } from './diff-schema.ts';

const prismaFolder = fileURLToPath(new URL('../../gateway/prisma', import.meta.url));
const schemaFile = join(prismaFolder, 'schema.prisma');
const migratedFile = join(prismaFolder, 'migrations', 'migrated-schema.prisma');

/** The SQL that schema.prisma still lacks in the migrations; undefined when they agree. */
export function pendingChanges(url: string): Promise<string | undefined> {
  return diffSchema(url, existsSync(migratedFile) ? readFileSync(migratedFile, 'utf8') : undefined, readFileSync(schemaFile, 'utf8'));
}

/** Writes the next migration for what changed in schema.prisma; returns its name, or undefined when nothing did. */
export async function writeMigration(url: string, name: string): Promise<string | undefined> {
  const sql = await pendingChanges(url);
  if (sql === undefined) return undefined;
  const folder = join(prismaFolder, 'migrations');
  const last = readdirSync(folder).filter((entry) => /^\d{4}_/.test(entry)).sort().at(-1);
  const next = `${String(Number(last?.slice(0, 4) ?? 0) + 1).padStart(4, '0')}_${name.replaceAll(/[^a-z0-9]+/gi, '_').toLowerCase()}`;
  mkdirSync(join(folder, next));
  writeFileSync(join(folder, next, 'migration.sql'), sql.replace(/-- CreateSchema\nCREATE SCHEMA IF NOT EXISTS "public";\n+/, ''));
  writeFileSync(migratedFile, readFileSync(schemaFile, 'utf8'));
  return next;
}
