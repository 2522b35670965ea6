import type { AuditCrypto } from './audit-crypto.ts';
import { nodeHash } from './merkle-tree.ts';

/**
 * The right edge of a growing tree: enough to append and to know the root, in memory that grows with the
 * logarithm of its size. Same roots as `MerkleTree`. RFC 9162 §2.1.2.
 */
export class MerkleFrontier {
  #size = 0;
  /** Roots of the complete subtrees, largest first, one for each bit of the size. */
  readonly #subtrees: Uint8Array[] = [];
  readonly #hash: Pick<AuditCrypto, 'sha256'>;

  constructor(hash: Pick<AuditCrypto, 'sha256'>) {
    this.#hash = hash;
  }

  get size(): number {
    return this.#size;
  }

  get root(): Uint8Array {
    const [smallest, ...larger] = [...this.#subtrees].reverse();
    if (!smallest) return this.#hash.sha256(new Uint8Array());
    return larger.reduce((right, left) => nodeHash(this.#hash, left, right), smallest);
  }

  append(leaf: Uint8Array): void {
    let node = leaf;
    for (let size = this.#size; size % 2 === 1; size = (size - 1) / 2) {
      const left = this.#subtrees.pop();
      if (left) node = nodeHash(this.#hash, left, node);
    }
    this.#subtrees.push(node);
    this.#size += 1;
  }

  /** An independent copy, for trying an append that may not be committed. */
  copy(): MerkleFrontier {
    const copy = new MerkleFrontier(this.#hash);
    copy.#size = this.#size;
    copy.#subtrees.push(...this.#subtrees);
    return copy;
  }
}
