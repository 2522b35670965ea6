import fc from 'fast-check';
import { fromHex, toHex, utf8 } from './bytes.ts';
import { MerkleFrontier } from './merkle-frontier.ts';
import { leafHash, MerkleTree, nodeHash } from './merkle-tree.ts';
import { nodeCrypto } from './node-crypto.ts';
import { verifyConsistency, verifyInclusion } from './verify-proof.ts';

const leavesOf = (size: number) => Array.from({ length: size }, (_, index) => leafHash(nodeCrypto, utf8(`entry ${index}`)));

/** MTH(D_n) word by word from RFC 9162 §2.1.1, to compare the levels with. */
function definedRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (!only) return nodeCrypto.sha256(new Uint8Array());
  if (leaves.length === 1) return only;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return nodeHash(nodeCrypto, definedRoot(leaves.slice(0, split)), definedRoot(leaves.slice(split)));
}

describe('MerkleTree', () => {
  it('gives the roots of the Certificate Transparency test vectors', () => {
    const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
    const leaves = inputs.map((input) => leafHash(nodeCrypto, fromHex(input) ?? new Uint8Array()));

    const roots = leaves.map((_, index) => toHex(new MerkleTree(nodeCrypto, leaves.slice(0, index + 1)).root));

    expect(roots).toEqual([
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
      'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
      '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
      'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
      '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    ]);
  });

  it('agrees with the definition and the frontier for every size up to 70', () => {
    const frontier = new MerkleFrontier(nodeCrypto);
    for (const [index, leaf] of [...leavesOf(70), new Uint8Array()].entries()) {
      const leaves = leavesOf(index);
      const root = toHex(definedRoot(leaves));
      expect(toHex(new MerkleTree(nodeCrypto, leaves).root)).toBe(root);
      expect(toHex(frontier.root)).toBe(root);
      frontier.append(leaf);
    }
  });

  it('proves inclusion of every leaf, and of no other leaf, place, size or root', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(), fc.nat(), (size, pick, other) => {
        const leaves = leavesOf(size);
        const tree = new MerkleTree(nodeCrypto, leaves);
        const index = pick % size;
        const proof = { leaf: leaves[index] ?? new Uint8Array(), index, size, path: tree.inclusionPath(index), root: tree.root };
        expect(verifyInclusion(nodeCrypto, proof)).toBe(true);

        const wrong = other % size;
        if (wrong !== index) expect(verifyInclusion(nodeCrypto, { ...proof, index: wrong })).toBe(false);
        expect(verifyInclusion(nodeCrypto, { ...proof, leaf: leafHash(nodeCrypto, utf8('forged')) })).toBe(false);
        expect(verifyInclusion(nodeCrypto, { ...proof, root: leafHash(nodeCrypto, utf8('forged')) })).toBe(false);
        expect(verifyInclusion(nodeCrypto, { ...proof, path: [...proof.path, tree.root] })).toBe(false);
        if (proof.path.length > 0) expect(verifyInclusion(nodeCrypto, { ...proof, path: proof.path.slice(1) })).toBe(false);
        expect(verifyInclusion(nodeCrypto, { ...proof, index: size })).toBe(false);
      }),
      { seed: 9162, numRuns: 300 },
    );
  });

  it('proves consistency with every earlier size, and with no other root', () => {
    for (let size = 1; size <= 33; size++) {
      const leaves = leavesOf(size);
      const tree = new MerkleTree(nodeCrypto, leaves);
      for (let first = 1; first <= size; first++) {
        const firstRoot = new MerkleTree(nodeCrypto, leaves.slice(0, first)).root;
        const proof = { firstSize: first, firstRoot, secondSize: size, secondRoot: tree.root, path: tree.consistencyPath(first) };
        const forged = leafHash(nodeCrypto, utf8('forged'));
        expect(verifyConsistency(nodeCrypto, proof)).toBe(true);
        expect(verifyConsistency(nodeCrypto, { ...proof, firstRoot: forged })).toBe(false);
        expect(verifyConsistency(nodeCrypto, { ...proof, secondRoot: forged })).toBe(false);
        if (proof.path.length > 0) expect(verifyConsistency(nodeCrypto, { ...proof, path: [forged, ...proof.path.slice(1)] })).toBe(false);
      }
    }
  });

  it('refuses proofs of places that it does not have', () => {
    const tree = new MerkleTree(nodeCrypto, leavesOf(3));

    expect(() => tree.inclusionPath(3)).toThrow('Expected a leaf below 3, but got 3');
    expect(() => tree.consistencyPath(4)).toThrow('Expected a size from 1 to 3, but got 4');
  });
});
