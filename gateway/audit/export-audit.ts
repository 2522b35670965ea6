import { MerkleTree, fromHex, nodeCrypto, signExport, signTreeHead, toHex, type AuditExport, type AuditRecord, type AuditSigner, type ExportLeaf, type ExportScope, type TreeHead } from '#audit';
import type { Database } from '#database';
import { auditColumns, toAuditRecord, type AuditRow } from './audit-rows.ts';
import { AuditLogDamagedError, createSealer } from './sealer.ts';

export interface ExportOptions {
  readonly database: Pick<Database, 'pool'>;
  readonly signer: AuditSigner;
  readonly scope: ExportScope;
}

const maximumEarlierHeads = 1_000;

/**
 * Seals what is committed and writes out the sealed entries of a scope with everything that verifying them
 * offline needs. Payloads stay encrypted. A damaged log is exported as it is: the export shows the damage.
 */
export async function exportAudit({ database, signer, scope }: ExportOptions): Promise<AuditExport> {
  await createSealer({ database, signer }).sealNow().catch((error: unknown) => {
    if (!(error instanceof AuditLogDamagedError)) throw error;
  });
  const heads = await readHeads(database);
  const treeHead = heads[heads.length - 1] ?? signTreeHead(signer, { size: 0, rootHash: toHex(new MerkleTree(nodeCrypto, []).root), signedAt: new Date().toISOString() });
  const all = await readLeaves(database, treeHead.size);
  const records = await readRecords(database, scope, treeHead.size);
  const bySequence = new Map(records.map((record) => [record.sequence, record]));
  const leaves = scope.kind === 'all' ? all : all.filter((leaf) => bySequence.has(leaf.sequence));
  const tree = scope.kind === 'all' ? undefined : new MerkleTree(nodeCrypto, all.map((leaf) => fromHex(leaf.hash) ?? new Uint8Array()));
  return signExport(nodeCrypto, signer, {
    exportedAt: new Date().toISOString(),
    scope,
    entries: leaves.flatMap((leaf) => bySequence.get(leaf.sequence) ?? []),
    leaves,
    // A log that lost leaves has no proofs; its root shows that.
    proofs: tree ? leaves.flatMap((leaf) => (leaf.index < tree.size ? [{ index: leaf.index, path: tree.inclusionPath(leaf.index).map(toHex) }] : [])) : [],
    treeHead,
    earlierHeads: scope.kind === 'all' ? thinned(heads.slice(0, -1)) : [],
  });
}

async function readHeads({ pool }: Pick<Database, 'pool'>): Promise<readonly TreeHead[]> {
  const { rows } = await pool.query<{ size: string; root_hash: string; key_id: string; signature: string; signed_at: Date }>('select size, root_hash, key_id, signature, signed_at from audit_tree_head order by size');
  return rows.map((row) => ({ size: Number(row.size), rootHash: row.root_hash, keyId: row.key_id, signedAt: row.signed_at.toISOString(), signature: row.signature }));
}

async function readLeaves({ pool }: Pick<Database, 'pool'>, size: number): Promise<readonly ExportLeaf[]> {
  const { rows } = await pool.query<{ index: string; entry_id: string; leaf_hash: string }>('select index, entry_id, leaf_hash from audit_leaf where index < $1 order by index', [size]);
  return rows.map((row) => ({ index: Number(row.index), sequence: Number(row.entry_id), hash: row.leaf_hash }));
}

async function readRecords({ pool }: Pick<Database, 'pool'>, scope: ExportScope, size: number): Promise<readonly AuditRecord[]> {
  const condition = { all: 'true', instance: 'e.instance_id = $2::uuid', patient: 'e.patient_id = $2' }[scope.kind];
  const { rows } = await pool.query<AuditRow>(
    `select ${auditColumns} from audit_entry e join audit_leaf l on l.entry_id = e.id where l.index < $1 and ${condition} order by l.index`,
    scope.kind === 'all' ? [size] : [size, scope.id],
  );
  return rows.map(toAuditRecord);
}

/** Every n-th head, so that an old log does not carry a head a second. */
function thinned(heads: readonly TreeHead[]): readonly TreeHead[] {
  const step = Math.ceil(heads.length / maximumEarlierHeads);
  return step <= 1 ? heads : heads.filter((_head, index) => index % step === 0);
}
