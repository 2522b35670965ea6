import type { AuditSigner } from './audit-crypto.ts';
import type { AuditCrypto } from './audit-crypto.ts';
import type { AuditRecord } from './audit-record.ts';
import { toBase64, toHex, utf8 } from './bytes.ts';
import { canonicalJson } from './canonical-json.ts';
import type { TreeHead } from './tree-head.ts';

/** What an export holds: the whole log, or every sealed entry of one instance or one patient. */
export type ExportScope = { readonly kind: 'all' } | { readonly kind: 'instance' | 'patient'; readonly id: string };

/** An entry's place in the log. */
export interface ExportLeaf {
  /** Position in the Merkle log, from 0, without gaps. */
  readonly index: number;
  readonly sequence: number;
  /** SHA-256, hex. */
  readonly hash: string;
}

/** A document that shows, without network or database, that its entries are those that were sealed. */
export interface AuditExport {
  readonly format: 'careloop-audit-export/1';
  readonly exportedAt: string;
  readonly scope: ExportScope;
  /** In the order of the log. */
  readonly entries: readonly AuditRecord[];
  /** One for each entry, in the same order. */
  readonly leaves: readonly ExportLeaf[];
  /** Inclusion paths (hex) of the leaves; absent for the whole log, whose root follows from its leaves. */
  readonly proofs: readonly { readonly index: number; readonly path: readonly string[] }[];
  readonly treeHead: TreeHead;
  /** For the whole log: earlier heads, ascending; they narrow down where a changed leaf lies. */
  readonly earlierHeads: readonly TreeHead[];
  /** Signature over scope, time, tree head and leaves: an entry that is left out shows. */
  readonly manifest: { readonly count: number; readonly leavesHash: string; readonly signature: string };
  readonly keyId: string;
  /** SPKI DER in base64. */
  readonly publicKey: string;
}

/** Adds key and manifest to an export's content. */
export function signExport(crypto: Pick<AuditCrypto, 'sha256'>, signer: AuditSigner, content: Omit<AuditExport, 'format' | 'manifest' | 'keyId' | 'publicKey'>): AuditExport {
  const unsigned = { format: 'careloop-audit-export/1' as const, ...content, keyId: signer.keyId, publicKey: signer.publicKey };
  const manifest = { count: content.leaves.length, leavesHash: leavesHashOf(crypto, content.leaves) };
  return { ...unsigned, manifest: { ...manifest, signature: toBase64(signer.sign(manifestText({ ...unsigned, manifest }))) } };
}

/** SHA-256 (hex) of the leaves' RFC 8785 text. */
export function leavesHashOf({ sha256 }: Pick<AuditCrypto, 'sha256'>, leaves: readonly ExportLeaf[]): string {
  return toHex(sha256(utf8(canonicalJson(leaves))));
}

/** What the manifest's signature covers. */
export function manifestText({ exportedAt, scope, treeHead, keyId, manifest }: Pick<AuditExport, 'exportedAt' | 'scope' | 'treeHead' | 'keyId'> & { readonly manifest: Pick<AuditExport['manifest'], 'count' | 'leavesHash'> }): Uint8Array {
  const { count, leavesHash } = manifest;
  return utf8(canonicalJson({ format: 'careloop-export-manifest/1', exportedAt, scope, treeHead, keyId, count, leavesHash }));
}

/** The export's text: JSON with one entry a line, so that also a broken file shows which entry is broken. */
export function formatExport(document: AuditExport): string {
  const { entries, leaves, proofs, earlierHeads, ...rest } = document;
  const lines = (items: readonly unknown[]): string => (items.length === 0 ? '[]' : `[\n${items.map((item) => JSON.stringify(item)).join(',\n')}\n]`);
  const members = Object.entries(rest).map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  const lists = Object.entries({ entries, leaves, proofs, earlierHeads }).map(([name, items]) => `${JSON.stringify(name)}: ${lines(items)}`);
  return `{\n${[...members, ...lists].join(',\n')}\n}\n`;
}
