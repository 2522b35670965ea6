import { generateKeyPairSync } from 'node:crypto';
import { signExport, type AuditExport, type ExportScope } from './audit-export.ts';
import type { AuditRecord } from './audit-record.ts';
import { recordLeafHash } from './audit-record.ts';
import { toHex } from './bytes.ts';
import { MerkleTree } from './merkle-tree.ts';
import { createSigner, nodeCrypto } from './node-crypto.ts';
import { signTreeHead } from './tree-head.ts';

/** For tests: a key of one's own. */
export const sampleSigner = createSigner(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());

/** For tests: an entry of a made-up instance; every third has a payload. */
export function sampleRecord(index: number): AuditRecord {
  const sequence = 100 + index * 2;
  return {
    sequence,
    factId: `instance-${index % 3}/${index}/0`,
    recordedAt: `2026-11-22T08:00:${String(index % 60).padStart(2, '0')}.123Z`,
    occurredAt: '2026-11-22T08:00:00.000Z',
    lateEntry: false,
    actorId: 'nurse-1',
    actorKind: 'person',
    actorRoles: ['nurse'],
    action: index % 2 === 0 ? 'task.completed' : 'element.completed',
    instanceId: `instance-${index % 3}`,
    ...(index % 3 === 0 ? { reason: '家属要求 – given late', payload: { keyId: 'dk-1', iv: 'AAAA', ciphertext: 'c2VjcmV0', tag: 'dGFn' } } : {}),
  };
}

/** For tests: a signed export of a log of `size` sample entries; for one instance, of that instance's. */
export function sampleExport(size: number, scope: ExportScope = { kind: 'all' }): AuditExport {
  const records = Array.from({ length: size }, (_, index) => sampleRecord(index));
  const hashes = records.map((record) => recordLeafHash(nodeCrypto, record));
  const head = (length: number) => signTreeHead(sampleSigner, { size: length, rootHash: toHex(new MerkleTree(nodeCrypto, hashes.slice(0, length)).root), signedAt: '2026-11-22T08:10:00.000Z' });
  const tree = new MerkleTree(nodeCrypto, hashes);
  const chosen = records.flatMap((record, index) => (scope.kind === 'all' || record.instanceId === scope.id ? [{ record, index }] : []));
  return signExport(nodeCrypto, sampleSigner, {
    exportedAt: '2026-11-22T09:00:00.000Z',
    scope,
    entries: chosen.map(({ record }) => record),
    leaves: chosen.map(({ record, index }) => ({ index, sequence: record.sequence, hash: toHex(recordLeafHash(nodeCrypto, record)) })),
    proofs: scope.kind === 'all' ? [] : chosen.map(({ index }) => ({ index, path: tree.inclusionPath(index).map(toHex) })),
    treeHead: head(size),
    earlierHeads: scope.kind === 'all' ? [3, 7, 8].filter((earlier) => earlier < size).map(head) : [],
  });
}
