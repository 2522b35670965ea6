import type { AuditCrypto } from './audit-crypto.ts';
import { isSameBytes } from './bytes.ts';
import { nodeHash } from './merkle-tree.ts';

type Hash = Pick<AuditCrypto, 'sha256'>;

/** Whether `path` proves that `leaf` stands at `index` of the tree with this size and root. RFC 9162 §2.1.3.2. */
export function verifyInclusion(hash: Hash, { leaf, index, size, path, root }: { readonly leaf: Uint8Array; readonly index: number; readonly size: number; readonly path: readonly Uint8Array[]; readonly root: Uint8Array }): boolean {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return false;
  let first = index;
  let second = size - 1;
  let node = leaf;
  for (const sibling of path) {
    if (second === 0) return false;
    if (first % 2 === 1 || first === second) {
      node = nodeHash(hash, sibling, node);
      while (first % 2 === 0 && first !== 0) {
        first = half(first);
        second = half(second);
      }
    } else {
      node = nodeHash(hash, node, sibling);
    }
    first = half(first);
    second = half(second);
  }
  return second === 0 && isSameBytes(node, root);
}

/** Whether `path` proves that the tree `firstRoot` of `firstSize` leaves is a prefix of the other. RFC 9162 §2.1.4.2. */
export function verifyConsistency(hash: Hash, { firstSize, firstRoot, secondSize, secondRoot, path }: { readonly firstSize: number; readonly firstRoot: Uint8Array; readonly secondSize: number; readonly secondRoot: Uint8Array; readonly path: readonly Uint8Array[] }): boolean {
  if (firstSize < 1 || firstSize > secondSize) return false;
  if (firstSize === secondSize) return path.length === 0 && isSameBytes(firstRoot, secondRoot);
  const [seed, ...rest] = isPowerOfTwo(firstSize) ? [firstRoot, ...path] : path;
  if (!seed || path.length === 0) return false;
  let first = firstSize - 1;
  let second = secondSize - 1;
  while (first % 2 === 1) {
    first = half(first);
    second = half(second);
  }
  let firstNode = seed;
  let secondNode = seed;
  for (const sibling of rest) {
    if (second === 0) return false;
    if (first % 2 === 1 || first === second) {
      firstNode = nodeHash(hash, sibling, firstNode);
      secondNode = nodeHash(hash, sibling, secondNode);
      while (first % 2 === 0 && first !== 0) {
        first = half(first);
        second = half(second);
      }
    } else {
      secondNode = nodeHash(hash, secondNode, sibling);
    }
    first = half(first);
    second = half(second);
  }
  return second === 0 && isSameBytes(firstNode, firstRoot) && isSameBytes(secondNode, secondRoot);
}

// Not bit shifts: a log may pass 2^31 entries.
function half(value: number): number {
  return Math.floor(value / 2);
}

function isPowerOfTwo(value: number): boolean {
  return Number.isInteger(Math.log2(value));
}
