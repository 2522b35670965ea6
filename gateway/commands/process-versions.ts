import { compileOnce, type ProcessBundle, type ProcessPlan } from '#engine';
import type { Database } from '#database';

/** A published version of a process. */
export interface ProcessVersion {
  readonly hash: string;
  readonly processKey: string;
  readonly version: string;
  /** Absent for what an earlier release published and this one does not run. */
  readonly plan?: ProcessPlan;
}

/** The version with this hash; undefined when there is none. */
export async function readVersion({ prisma }: Pick<Database, 'prisma'>, hash: string): Promise<ProcessVersion | undefined> {
  const row = await prisma.processBundle.findUnique({ where: { hash }, select: { processKey: true, version: true, bytes: true } });
  if (!row) return undefined;
  const plan = compilePublished(row.bytes, hash);
  return { hash, processKey: row.processKey, version: row.version, ...(plan ? { plan } : {}) };
}

/** The plan of a published bundle; undefined for what an earlier release published and this one does not run. */
export function compilePublished(bytes: Uint8Array, hash: string): ProcessPlan | undefined {
  try {
    // Validated against the definition schema when it was published.
    return compileOnce(hash, () => JSON.parse(Buffer.from(bytes).toString('utf8')) as ProcessBundle);
  } catch (error) {
    if ((error as { code?: unknown }).code === 'DEFINITION_INVALID') return undefined;
    throw error;
  }
}
