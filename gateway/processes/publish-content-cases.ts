import { createHash } from 'node:crypto';
import type { Database, Prisma } from '#database';
import { contentCases } from '#rules';
import { canonicalJson } from './canonical-json.ts';
import { loadContentCases } from './load-processes.ts';
import { contentTransaction } from './publish-process.ts';

/**
 * Takes in the cases that come with the rule sets of a process or library folder, where they differ from those taken in last. They then
 * count for the rule set's test bench in place of the ones before. Throws ProcessFolderError; then nothing was changed.
 */
export async function publishContentCases({ prisma }: Pick<Database, 'prisma'>, folder: string): Promise<void> {
  const loaded = loadContentCases(folder);
  await prisma.$transaction(async (transaction) => {
    for (const { document, cases: file } of loaded) {
      const { key, version } = document;
      // Two processes that start at once take them in once.
      await transaction.$executeRaw`select pg_advisory_xact_lock(hashtext(${`rules:${key}`}))`;
      const cases = contentCases(file, document, (content) => idOf(content));
      const hash = sha256([version, cases]);
      const standing = await transaction.ruleContentCases.findFirst({ where: { key }, orderBy: { id: 'desc' }, select: { hash: true } });
      // Cases are JSON: they were read from a file.
      if (standing?.hash !== hash) await transaction.ruleContentCases.create({ data: { key, version, hash, cases: cases as unknown as Prisma.InputJsonArray, loadedAt: new Date() } });
    }
  }, contentTransaction);
}

function sha256(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

/** A UUID that stays the same as long as the content does. RFC 9562 §5.8 (version 8). */
function idOf(content: object): string {
  const hash = sha256(content);
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
