import type { AuditCrypto } from './audit-crypto.ts';

type Hash = Pick<AuditCrypto, 'sha256'>;

/** Hash of a leaf's bytes: SHA-256(0x00 || bytes). RFC 9162 §2.1.1. */
export function leafHash({ sha256 }: Hash, bytes: Uint8Array): Uint8Array {
  const input = new Uint8Array(bytes.length + 1);
  input.set(bytes, 1);
  return sha256(input);
}

/** Hash of an inner node: SHA-256(0x01 || left || right). RFC 9162 §2.1.1. */
export function nodeHash({ sha256 }: Hash, left: Uint8Array, right: Uint8Array): Uint8Array {
  const input = new Uint8Array(1 + left.length + right.length);
  input[0] = 1;
  input.set(left, 1);
  input.set(right, 1 + left.length);
  return sha256(input);
}

/**
 * The tree over a list of leaf hashes, every level kept, for proofs of many entries. A node without a right
 * sibling is its parent, which gives the tree of RFC 9162 §2.1.1 for every size.
 */
export class MerkleTree {
  readonly #levels: readonly (readonly Uint8Array[])[];
  readonly #hash: Hash;

  constructor(hash: Hash, leafHashes: readonly Uint8Array[]) {
    const levels: (readonly Uint8Array[])[] = [leafHashes];
    for (let level = leafHashes; level.length > 1; level = levels[levels.length - 1] ?? []) {
      const parents: Uint8Array[] = [];
      for (let index = 0; index < level.length; index += 2) {
        const left = at(level, index);
        const right = level[index + 1];
        parents.push(right ? nodeHash(hash, left, right) : left);
      }
      levels.push(parents);
    }
    this.#levels = levels;
    this.#hash = hash;
  }

  get size(): number {
    return this.#levels[0]?.length ?? 0;
  }

  /** Of no leaf: the hash of the empty string. RFC 9162 §2.1.1. */
  get root(): Uint8Array {
    return this.#levels[this.#levels.length - 1]?.[0] ?? this.#hash.sha256(new Uint8Array());
  }

  /** Siblings from the leaf up to the root. RFC 9162 §2.1.3.1. */
  inclusionPath(index: number): readonly Uint8Array[] {
    if (!(index >= 0 && index < this.size)) throw new RangeError(`Expected a leaf below ${this.size}, but got ${index}`);
    const path: Uint8Array[] = [];
    let position = index;
    for (const level of this.#levels.slice(0, -1)) {
      const sibling = level[position ^ 1];
      if (sibling) path.push(sibling);
      position >>= 1;
    }
    return path;
  }

  /** Proof that the tree of the first `size` leaves is a prefix of this one. RFC 9162 §2.1.4.1. */
  consistencyPath(size: number): readonly Uint8Array[] {
    if (!(size >= 1 && size <= this.size)) throw new RangeError(`Expected a size from 1 to ${this.size}, but got ${size}`);
    return this.#subProof(size, 0, this.size, true);
  }

  /** SUBPROOF(m, D[start:end], b) of RFC 9162 §2.1.4.1. */
  #subProof(size: number, start: number, end: number, isWhole: boolean): readonly Uint8Array[] {
    const length = end - start;
    if (size === length) return isWhole ? [] : [this.#rangeRoot(start, end)];
    const split = largestPowerBelow(length);
    return size <= split
      ? [...this.#subProof(size, start, start + split, isWhole), this.#rangeRoot(start + split, end)]
      : [...this.#subProof(size - split, start + split, end, false), this.#rangeRoot(start, start + split)];
  }

  #rangeRoot(start: number, end: number): Uint8Array {
    const length = end - start;
    const level = Math.log2(length);
    // A complete, aligned range is a node of its level.
    if (Number.isInteger(level)) return at(this.#levels[level] ?? [], start / length);
    const split = largestPowerBelow(length);
    return nodeHash(this.#hash, this.#rangeRoot(start, start + split), this.#rangeRoot(start + split, end));
  }
}

function largestPowerBelow(length: number): number {
  let power = 1;
  while (power * 2 < length) power *= 2;
  return power;
}

function at(level: readonly Uint8Array[], index: number): Uint8Array {
  const node = level[index];
  if (!node) throw new RangeError(`Expected a node at ${index}, but the level has ${level.length}`);
  return node;
}
