import type { ExportLeaf } from './audit-export.ts';
import { entryName, spokenName, type ExportFinding } from './export-finding.ts';

/** An entry of an export with the hash that its content has now. */
export interface HashedEntry {
  readonly entry: unknown;
  /** Hex; undefined when the entry is no JSON that can be hashed. */
  readonly hash: string | undefined;
}

/** Which entry stands for which leaf, and what does not fit. */
export interface EntryMatch {
  readonly findings: readonly ExportFinding[];
  /** By position in `leaves`: the entry that belongs there, edited or not. */
  readonly byLeaf: ReadonlyMap<number, HashedEntry>;
}

/**
 * Lays the entries beside the leaves. An entry whose hash is a leaf's belongs to it, in whatever place; of the
 * rest, an entry and a leaf with the same sequence, or alone between the same neighbours, are one edited entry;
 * what is left over on one side was appended or is missing.
 */
export function matchEntries(entries: readonly HashedEntry[], leaves: readonly ExportLeaf[]): EntryMatch {
  const leafOf = new Map<number, number>();
  const byLeaf = new Map<number, HashedEntry>();
  const pair = (position: number, leaf: number): void => {
    const entry = entries[position];
    if (!entry) return;
    leafOf.set(position, leaf);
    byLeaf.set(leaf, entry);
  };
  const unpaired = (): number[] => entries.flatMap((_entry, position) => (leafOf.has(position) ? [] : [position]));

  const leafByHash = new Map(leaves.map((leaf, index) => [leaf.hash, index]));
  entries.forEach(({ hash }, position) => {
    const leaf = hash === undefined ? undefined : leafByHash.get(hash);
    if (leaf !== undefined && !byLeaf.has(leaf)) pair(position, leaf);
  });
  const findings = reordered(entries, leafOf);

  const edited: [number, number][] = [];
  const leafBySequence = new Map(leaves.map((leaf, index) => [leaf.sequence, index]));
  for (const position of unpaired()) {
    const sequence = entryName(entries[position]?.entry).sequence;
    const leaf = sequence === undefined ? undefined : leafBySequence.get(sequence);
    if (leaf !== undefined && !byLeaf.has(leaf)) edited.push([position, leaf]);
    if (leaf !== undefined && !byLeaf.has(leaf)) pair(position, leaf);
  }
  for (const position of unpaired()) {
    const leaf = position === 0 ? 0 : (leafOf.get(position - 1) ?? leaves.length) + 1;
    if (leaf >= leaves.length || byLeaf.has(leaf)) continue;
    edited.push([position, leaf]);
    pair(position, leaf);
  }

  for (const [position, index] of edited) findings.push(editedFinding(entries[position]?.entry, leaves[index]));
  for (const position of unpaired()) {
    const name = entryName(entries[position]?.entry);
    findings.push({ code: 'ENTRY_APPENDED', message: `${spokenName(name)} was appended: no leaf of the log is its own.`, ...name });
  }
  leaves.forEach(({ index, sequence }, position) => {
    if (byLeaf.has(position)) return;
    const before = entryName(byLeaf.get(position - 1)?.entry);
    const place = before.sequence === undefined ? 'at the beginning' : `after ${spokenName(before).replace('Entry', 'entry')}`;
    findings.push({ code: 'ENTRY_MISSING', message: `Entry ${sequence} is missing: the log has it ${place}.`, sequence, index });
  });
  return { findings: findings.sort((a, b) => (a.index ?? Number.MAX_SAFE_INTEGER) - (b.index ?? Number.MAX_SAFE_INTEGER)), byLeaf };

  function reordered(all: readonly HashedEntry[], places: ReadonlyMap<number, number>): ExportFinding[] {
    const positions = all.flatMap((_entry, position) => (places.has(position) ? [position] : []));
    const inOrder = longestAscending(positions.map((position) => places.get(position) ?? 0));
    return positions.flatMap((position, rank) => {
      if (inOrder.has(rank)) return [];
      const name = entryName(all[position]?.entry);
      const index = leaves[places.get(position) ?? 0]?.index;
      return [{ code: 'ENTRY_REORDERED' as const, message: `${spokenName(name)} was moved: the log has it in another place.`, ...name, ...(index === undefined ? {} : { index }) }];
    });
  }
}

function editedFinding(entry: unknown, leaf: ExportLeaf | undefined): ExportFinding {
  const name = entryName(entry);
  const sequence = leaf?.sequence ?? name.sequence;
  const sealed = { ...name, ...(sequence === undefined ? {} : { sequence }) };
  const saysOther = name.sequence !== undefined && name.sequence !== sequence ? ` It now calls itself ${name.sequence}.` : '';
  return {
    code: 'ENTRY_EDITED',
    message: `${spokenName(sealed)} was edited: its content is not what was sealed.${saysOther}`,
    ...sealed,
    ...(leaf === undefined ? {} : { index: leaf.index }),
  };
}

/** Ranks of a longest ascending subsequence, in O(n log n): what is not in it was moved. */
function longestAscending(values: readonly number[]): ReadonlySet<number> {
  const tails: number[] = [];
  const previous: number[] = [];
  values.forEach((value, rank) => {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[tails[middle] ?? 0] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    previous[rank] = low > 0 ? (tails[low - 1] ?? -1) : -1;
    tails[low] = rank;
  });
  const ranks = new Set<number>();
  for (let rank = tails[tails.length - 1] ?? -1; rank >= 0; rank = previous[rank] ?? -1) ranks.add(rank);
  return ranks;
}
