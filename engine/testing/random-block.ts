import fc from 'fast-check';

/** A block-structured process: sound by construction, whatever its blocks. */
export type Block =
  | { readonly kind: (typeof leaves)[number] }
  | { readonly kind: 'each'; readonly sequential: boolean; readonly count: number; readonly body: Block }
  | { readonly kind: (typeof branchings)[number]; readonly blocks: readonly Block[] }
  | { readonly kind: (typeof wrappings)[number]; readonly body: Block };

const leaves = ['service', 'user', 'script', 'rules', 'timer', 'message', 'guarded', 'late', 'signal', 'race', 'both', 'link', 'call', 'condition', 'verified', 'undoable', 'undo'] as const;
const branchings = ['sequence', 'choice', 'parallel', 'fan', 'some', 'first', 'anyOrder'] as const;
const wrappings = ['loop', 'sub', 'reminded', 'repeated', 'transaction', 'transactions', 'stoppable', 'escalating'] as const;

/** Random blocks, nested up to a few levels. */
export const blockArbitrary: fc.Arbitrary<Block> = fc.letrec<{ block: Block; leaf: Block; many: Block; one: Block; each: Block }>((tie) => ({
  leaf: fc.constantFrom(...leaves).map((kind) => ({ kind })),
  many: fc.record({ kind: fc.constantFrom(...branchings), blocks: fc.array(tie('block'), { minLength: 2, maxLength: 3 }) }),
  one: fc.record({ kind: fc.constantFrom(...wrappings), body: tie('block') }),
  each: fc.record({ kind: fc.constant('each' as const), sequential: fc.boolean(), count: fc.nat(3), body: tie('block') }),
  block: fc.oneof({ maxDepth: 3, withCrossShrink: true }, tie('leaf'), tie('many'), tie('one'), tie('each')),
})).block;
