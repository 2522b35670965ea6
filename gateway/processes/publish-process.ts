import { createHash } from 'node:crypto';
import { allElements } from '#engine';
import type { Database, Prisma } from '#database';
import type { RuleSetDocument } from '#rules';
import { canonicalJson } from './canonical-json.ts';
import { loadProcess, loadRuleLibrary, type LoadedProcess } from './load-processes.ts';

/** A busy machine takes longer than the usual five seconds for a hundred rules a set, and would not start. */
const patience = { maxWait: 10_000, timeout: 60_000 } as const;

/** The same version was published with other content: versions are immutable. */
export class VersionConflictError extends Error {
  readonly code = 'VERSION_CONFLICT';

  constructor(what: string, version: string) {
    super(`Expected version ${version} of ${what} to be unchanged, but its content differs from what was published. Give it a new version.`);
    this.name = 'VersionConflictError';
  }
}

/** What became of a publication. `isNew` is false when everything was there already. */
export interface Published {
  readonly key: string;
  readonly version: string;
  readonly hash: string;
  readonly isNew: boolean;
}

/**
 * Publishes a process folder: its rule sets (in force from now) and its bundle, which becomes the current one.
 * Idempotent by content hash. Throws ProcessFolderError, VersionConflictError; then nothing was changed.
 */
export async function publishProcess(database: Pick<Database, 'prisma'>, folder: string, publishedBy = 'careloop'): Promise<Published> {
  return publishLoaded(database, loadProcess(folder), publishedBy);
}

/** As `publishProcess`, of a process that has been read. */
export async function publishLoaded({ prisma }: Pick<Database, 'prisma'>, process: LoadedProcess, publishedBy = 'careloop'): Promise<Published> {
  const { key, version } = process.definition;
  const bytes = Buffer.from(canonicalJson(bundleOf(process)), 'utf8');
  const hash = hashOf(bytes);
  const forms = Object.fromEntries(process.forms.map(({ key: form, ...document }) => [form, document]));
  const isNew = await prisma.$transaction(async (transaction) => {
    // Two processes that start at once publish one after the other.
    await transaction.$executeRaw`select pg_advisory_xact_lock(hashtext(${`publish:${key}`}))`;
    for (const document of process.ruleSets) await publishRuleSet(transaction, document, publishedBy);
    const standing = await transaction.processBundle.findUnique({ where: { processKey_version: { processKey: key, version } } });
    if (standing && (standing.hash !== hash || canonicalJson(standing.forms) !== canonicalJson(forms))) throw new VersionConflictError(`process ${key}`, version);
    if (standing?.isCurrent) return false;
    await transaction.processBundle.updateMany({ where: { processKey: key, isCurrent: true }, data: { isCurrent: false } });
    if (standing) await transaction.processBundle.update({ where: { hash }, data: { isCurrent: true } });
    // Forms are JSON: they were read from files.
    else await transaction.processBundle.create({ data: { hash, processKey: key, version, bytes, forms: forms as Prisma.InputJsonObject, isCurrent: true, publishedBy } });
    return true;
  }, patience);
  return { key, version, hash, isNew };
}

/** The bytes that the workflow carries by hash: the definition and the rule sets that it pins. */
function bundleOf({ definition, ruleSets }: LoadedProcess): object {
  const pinned = allElements(definition).flatMap((element) => (element.type === 'businessRuleTask' && element.binding.kind === 'pinned' ? [`${element.ruleSet}@${element.binding.version}`] : []));
  const carried = ruleSets.filter((document) => pinned.includes(`${document.key}@${document.version}`));
  return { format: 'careloop-bundle/1', definition, ruleSets: Object.fromEntries(carried.map((document) => [`${document.key}@${document.version}`, document])) };
}

/**
 * Publishes the rule sets of a library folder, in force from now. Returns those that are new or have changed.
 * Throws ProcessFolderError, VersionConflictError; then nothing was changed.
 */
export async function publishRuleLibrary({ prisma }: Pick<Database, 'prisma'>, folder: string, publishedBy = 'careloop'): Promise<readonly Pick<RuleSetDocument, 'key' | 'version'>[]> {
  const documents = loadRuleLibrary(folder);
  return prisma.$transaction(async (transaction) => {
    await transaction.$executeRaw`select pg_advisory_xact_lock(hashtext('publish:rule-library'))`;
    const published: Pick<RuleSetDocument, 'key' | 'version'>[] = [];
    for (const document of documents) if (await publishRuleSet(transaction, document, publishedBy)) published.push({ key: document.key, version: document.version });
    return published;
  }, patience);
}

/** True when the version was not there yet. */
async function publishRuleSet(transaction: Prisma.TransactionClient, document: RuleSetDocument, publishedBy: string): Promise<boolean> {
  const { key, version } = document;
  const hash = hashOf(Buffer.from(canonicalJson(document), 'utf8'));
  const standing = await transaction.ruleSetVersion.findUnique({ where: { key_version: { key, version } } });
  if (standing) {
    if (standing.hash !== hash) throw new VersionConflictError(`rule set ${key}`, version);
    return false;
  }
  // Cases that run under an earlier version are judged again.
  if ((await transaction.ruleSetVersion.count({ where: { key } })) > 0) await transaction.ruleSetChange.create({ data: { key, kind: 'published', version, dueAt: new Date() } });
  // A rule set document is JSON by its schema.
  await transaction.ruleSetVersion.create({ data: { key, version, document: document as unknown as Prisma.InputJsonObject, hash, effectiveAt: new Date(), publishedBy } });
  return true;
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
