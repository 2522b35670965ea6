import { z } from 'zod';
import type { AuditCrypto } from './audit-crypto.ts';
import { leavesHashOf, manifestText, type AuditExport, type ExportLeaf } from './audit-export.ts';
import { recordLeafHash } from './audit-record.ts';
import { fromBase64, fromHex, toHex } from './bytes.ts';
import { entryName, spokenName, type ExportFinding, type ExportVerification } from './export-finding.ts';
import { matchEntries, type EntryMatch, type HashedEntry } from './match-entries.ts';
import { MerkleFrontier } from './merkle-frontier.ts';
import { verifySignature, verifyTreeHead } from './tree-head.ts';
import { verifyInclusion } from './verify-proof.ts';

const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const treeHead = z.strictObject({ size: count, rootHash: z.string(), keyId: z.string(), signedAt: z.string(), signature: z.string() });
const shape = z.strictObject({
  format: z.literal('careloop-audit-export/1'),
  exportedAt: z.string(),
  scope: z.union([z.strictObject({ kind: z.literal('all') }), z.strictObject({ kind: z.enum(['instance', 'patient']), id: z.string() })]),
  // An entry's own shape is not looked at: whatever was changed in it changes its hash.
  entries: z.array(z.unknown()),
  leaves: z.array(z.strictObject({ index: count, sequence: count, hash: z.string() })),
  proofs: z.array(z.strictObject({ index: count, path: z.array(z.string()) })),
  treeHead,
  earlierHeads: z.array(treeHead),
  manifest: z.strictObject({ count, leavesHash: z.string(), signature: z.string() }),
  keyId: z.string(),
  publicKey: z.string(),
});
type Shape = z.infer<typeof shape>;

/**
 * Checks an export against its signed tree head and manifest, and names each entry that was edited, moved,
 * appended or left out. `publicKey` (SPKI, base64) is the key to trust; without it the export's own is taken,
 * which shows tampering by anyone who has not the signing key only when that key is known from elsewhere.
 */
export async function verifyExport(document: unknown, { crypto, publicKey }: { readonly crypto: AuditCrypto; readonly publicKey?: string }): Promise<ExportVerification> {
  const isKeyPinned = publicKey !== undefined;
  const parsed = shape.safeParse(document);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const finding: ExportFinding = { code: 'EXPORT_MALFORMED', message: `Expected an audit export, but at ${issue?.path.join('.') || 'its root'}: ${issue?.message ?? 'it is none'}` };
    return { isIntact: false, entryCount: 0, isKeyPinned, findings: [finding] };
  }
  const content = parsed.data;
  const hashed = content.entries.map((entry) => ({ entry, hash: hashOf(crypto, entry) }));
  const match = matchEntries(hashed, content.leaves);
  const placed = content.scope.kind === 'all' ? await wholeLogFindings(crypto, content, match, publicKey ?? content.publicKey) : proofFindings(crypto, content, match);
  const editedLeaves = new Set(placed.flatMap((finding) => (finding.code === 'LEAF_EDITED' ? [finding.index] : [])));
  const findings = [
    // Where the entry leads to the signed root and the leaf beside it does not, the entry is the sealed one.
    ...match.findings.filter((finding) => finding.code !== 'ENTRY_EDITED' || !editedLeaves.has(finding.index)),
    ...placed,
    ...(await signatureFindings(crypto, content, publicKey)),
  ];
  return {
    isIntact: findings.length === 0,
    entryCount: content.entries.length,
    treeSize: content.treeHead.size,
    signedAt: content.treeHead.signedAt,
    keyId: content.keyId,
    isKeyPinned,
    findings,
  };
}

function hashOf(crypto: AuditCrypto, entry: unknown): string | undefined {
  if (entry === null || typeof entry !== 'object') return undefined;
  try {
    return toHex(recordLeafHash(crypto, entry));
  } catch {
    return undefined;
  }
}

async function signatureFindings(crypto: AuditCrypto, content: Shape, pinned: string | undefined): Promise<ExportFinding[]> {
  const findings: ExportFinding[] = [];
  const publicKey = pinned ?? content.publicKey;
  const spki = fromBase64(publicKey);
  const keyId = spki ? toHex(crypto.sha256(spki)).slice(0, 16) : undefined;
  if (content.publicKey !== publicKey || content.keyId !== keyId || content.treeHead.keyId !== keyId) {
    findings.push({ code: 'KEY_DIFFERS', message: `Expected the signing key ${keyId ?? '(unreadable)'}, but the export names ${content.keyId}.` });
  }
  if (!(await verifyTreeHead(crypto, publicKey, content.treeHead))) {
    findings.push({ code: 'TREE_HEAD_INVALID', message: `Expected a valid signature of the tree head (size ${content.treeHead.size}), but it does not verify: the head or its signature was changed.` });
  }
  // Shaped by the schema above; entries play no part in the manifest's text.
  const { manifest } = content;
  const isSigned = await verifySignature(crypto, publicKey, manifestText(content as unknown as AuditExport), manifest.signature);
  if (!isSigned || manifest.count !== content.leaves.length || manifest.leavesHash !== leavesHashOf(crypto, content.leaves)) {
    findings.push({ code: 'MANIFEST_INVALID', message: 'Expected scope, time and leaves as they were exported, but the manifest does not verify: something of them was changed or left out.' });
  }
  return findings;
}

/** Each leaf must lead to the signed root by its proof; where it does not, the entry's own hash may. */
function proofFindings(crypto: AuditCrypto, content: Shape, { byLeaf }: EntryMatch): ExportFinding[] {
  const paths = new Map(content.proofs.map((proof) => [proof.index, proof.path]));
  const findings: ExportFinding[] = [];
  const root = fromHex(content.treeHead.rootHash);
  const leadsToRoot = (hash: string, index: number): boolean => {
    const leaf = fromHex(hash);
    const path = (paths.get(index) ?? []).map(fromHex);
    if (!leaf || !root || path.some((node) => node === undefined)) return false;
    return verifyInclusion(crypto, { leaf, index, size: content.treeHead.size, path: path.flatMap((node) => (node ? [node] : [])), root });
  };
  content.leaves.forEach((leaf, position) => {
    if (leadsToRoot(leaf.hash, leaf.index)) return;
    const entry = byLeaf.get(position);
    const name = { ...entryName(entry?.entry), sequence: leaf.sequence, index: leaf.index };
    findings.push(
      entry?.hash !== undefined && entry.hash !== leaf.hash && leadsToRoot(entry.hash, leaf.index)
        ? editedLeaf(leaf, entry.entry)
        : { code: 'PROOF_INVALID', message: `${spokenName(name)} does not lead to the signed root: it was changed together with its leaf, or its proof was changed.`, ...name },
    );
  });
  const indexes = new Set(content.leaves.map((leaf) => leaf.index));
  for (const { index } of content.proofs) {
    if (!indexes.has(index)) findings.push({ code: 'PROOF_INVALID', message: `Expected a leaf for the proof of position ${index}, but there is none.`, index });
  }
  return findings;
}

/** The root must follow from all leaves. If not, the signed heads say between which entries the change lies. */
async function wholeLogFindings(crypto: AuditCrypto, content: Shape, { byLeaf }: EntryMatch, publicKey: string): Promise<ExportFinding[]> {
  const findings: ExportFinding[] = [];
  const heads = [...content.earlierHeads, content.treeHead];
  for (const head of content.earlierHeads) {
    if (!(await verifyTreeHead(crypto, publicKey, head))) findings.push({ code: 'TREE_HEAD_INVALID', message: `Expected a valid signature of the tree head of size ${head.size}, but it does not verify.` });
  }
  if (content.leaves.some((leaf, position) => leaf.index !== position)) {
    findings.push({ code: 'LEAF_EDITED', message: 'Expected every position of the log once and in order, but the positions of the leaves were changed.' });
  }
  const ownHashes = content.leaves.map((leaf, position) => byLeaf.get(position)?.hash ?? leaf.hash);
  const changed = content.leaves.flatMap((leaf, position) => (ownHashes[position] === leaf.hash ? [] : [{ leaf, entry: byLeaf.get(position)?.entry }]));
  if (changed.length > 0 && rootOf(crypto, ownHashes) === content.treeHead.rootHash) {
    for (const { leaf, entry } of changed) findings.push(editedLeaf(leaf, entry));
    return findings;
  }
  const frontier = new MerkleFrontier(crypto);
  let agreed = 0;
  for (const head of heads) {
    for (const leaf of content.leaves.slice(frontier.size, head.size)) frontier.append(fromHex(leaf.hash) ?? new Uint8Array());
    if (frontier.size === head.size && toHex(frontier.root) === head.rootHash) {
      agreed = head.size;
      continue;
    }
    findings.push(rootFinding(content.leaves, agreed, head.size, byLeaf));
    break;
  }
  if (content.leaves.length > content.treeHead.size) findings.push({ code: 'ROOT_DIFFERS', message: `Expected ${content.treeHead.size} leaves as the tree head says, but there are ${content.leaves.length}.` });
  return findings;
}

function rootOf(crypto: AuditCrypto, hashes: readonly string[]): string {
  const frontier = new MerkleFrontier(crypto);
  for (const hash of hashes) frontier.append(fromHex(hash) ?? new Uint8Array());
  return toHex(frontier.root);
}

function editedLeaf({ sequence, index }: ExportLeaf, entry: unknown): ExportFinding {
  const name = { ...entryName(entry), sequence, index };
  return { code: 'LEAF_EDITED', message: `${spokenName(name)}: its leaf hash in the export was edited; the entry itself is what was sealed.`, ...name };
}

function rootFinding(leaves: readonly ExportLeaf[], from: number, to: number, byLeaf: ReadonlyMap<number, HashedEntry>): ExportFinding {
  const range = leaves.slice(from, to);
  const [first, last] = [range[0], range[range.length - 1]];
  const suspects = range.flatMap((leaf, offset) => (byLeaf.get(from + offset)?.hash === leaf.hash ? [] : [leaf]));
  const named = suspects[0] ?? (range.length === 1 ? first : undefined);
  const place = first && last ? `among entries ${first.sequence} to ${last.sequence}` : 'where leaves are missing';
  return { code: 'ROOT_DIFFERS', message: `Expected the leaves to give the signed root of size ${to}, but they do not: a leaf was changed or left out ${place}.`, ...(named ? { sequence: named.sequence, index: named.index } : {}) };
}
