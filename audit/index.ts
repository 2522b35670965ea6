/** The audit record's mathematics: canonical entries, Merkle log, signed heads, exports that verify offline. Pure. */
export type { AuditCrypto, AuditSigner } from './audit-crypto.ts';
export { formatExport, signExport, type AuditExport, type ExportLeaf, type ExportScope } from './audit-export.ts';
export { leafBytes, recordLeafHash, type AuditRecord } from './audit-record.ts';
export { fromBase64, fromHex, toBase64, toHex } from './bytes.ts';
export { canonicalJson } from './canonical-json.ts';
export type { ExportFinding, ExportFindingCode, ExportVerification } from './export-finding.ts';
export { MerkleFrontier } from './merkle-frontier.ts';
export { leafHash, MerkleTree, nodeHash } from './merkle-tree.ts';
export { createSigner, nodeCrypto, readPublicKey } from './node-crypto.ts';
export { readExport, type ReadExport } from './read-export.ts';
export { signTreeHead, verifyTreeHead, type TreeHead } from './tree-head.ts';
export { verifyExport } from './verify-export.ts';
export { verifyExportText } from './verify-export-text.ts';
export { verifyConsistency, verifyInclusion } from './verify-proof.ts';
