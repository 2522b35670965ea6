import { FeelRange } from 'feelin';
import { compare, includes } from '../comparison.ts';
import { makeRange } from '../feel-value.ts';
import { define } from './define.ts';

/** Ends that have no order between them make the whole answer null. */
class Incomparable extends Error {}

function order(left: unknown, right: unknown): number {
  const result = compare(left, right);
  if (result === null) throw new Incomparable();
  return result;
}

/** An end that is null lies beyond all values. */
const starts = (left: FeelRange, right: FeelRange): number => (left.start === null || right.start === null ? Number(left.start !== null) - Number(right.start !== null) : order(left.start, right.start));
const ends = (left: FeelRange, right: FeelRange): number => (left.end === null || right.end === null ? Number(left.end === null) - Number(right.end === null) : order(left.end, right.end));
const endToStart = (left: FeelRange, right: FeelRange): number => (left.end === null ? 1 : right.start === null ? 1 : order(left.end, right.start));
const holdsStart = (range: FeelRange): boolean => range['start included'] === true;
const holdsEnd = (range: FeelRange): boolean => range['end included'] === true;

/** A point as the range that holds nothing else. */
const asRange = (value: unknown): FeelRange => (value instanceof FeelRange ? value : makeRange({ start: value, end: value, startIncluded: true, endIncluded: true }));

const before = (left: FeelRange, right: FeelRange): boolean => {
  const gap = endToStart(left, right);
  return gap < 0 || (gap === 0 && (!holdsEnd(left) || !holdsStart(right)));
};
const overlap = (left: FeelRange, right: FeelRange): boolean => !before(left, right) && !before(right, left);
const meets = (left: FeelRange, right: FeelRange): boolean => holdsEnd(left) && holdsStart(right) && left.end !== null && right.start !== null && endToStart(left, right) === 0;
const overlapsBefore = (left: FeelRange, right: FeelRange): boolean => {
  const [atStart, atEnd] = [starts(left, right), ends(left, right)];
  return (atStart < 0 || (atStart === 0 && holdsStart(left) && !holdsStart(right))) && !before(left, right) && (atEnd < 0 || (atEnd === 0 && (!holdsEnd(left) || holdsEnd(right))));
};
const overlapsAfter = (left: FeelRange, right: FeelRange): boolean => {
  const [atStart, atEnd] = [starts(left, right), ends(left, right)];
  return (atStart > 0 || (atStart === 0 && !holdsStart(left) && holdsStart(right))) && !before(right, left) && (atEnd > 0 || (atEnd === 0 && (holdsEnd(left) || !holdsEnd(right))));
};
const finishes = (left: FeelRange, right: FeelRange): boolean => {
  const atStart = starts(left, right);
  return ends(left, right) === 0 && holdsEnd(left) === holdsEnd(right) && (atStart > 0 || (atStart === 0 && (!holdsStart(left) || holdsStart(right))));
};
const begins = (left: FeelRange, right: FeelRange): boolean => {
  const atEnd = ends(left, right);
  return starts(left, right) === 0 && holdsStart(left) === holdsStart(right) && (atEnd < 0 || (atEnd === 0 && (!holdsEnd(left) || holdsEnd(right))));
};
const contains = (left: FeelRange, right: FeelRange): boolean => {
  const [atStart, atEnd] = [starts(left, right), ends(left, right)];
  return (atStart < 0 || (atStart === 0 && (holdsStart(left) || !holdsStart(right)))) && (atEnd > 0 || (atEnd === 0 && (holdsEnd(left) || !holdsEnd(right))));
};
const coincides = (left: FeelRange, right: FeelRange): boolean => starts(left, right) === 0 && ends(left, right) === 0 && holdsStart(left) === holdsStart(right) && holdsEnd(left) === holdsEnd(right);

type Relation = (left: FeelRange, right: FeelRange) => boolean;
const converse = (relation: Relation): Relation => (left, right) => relation(right, left);

/** What a parameter takes, as its name says. */
function fits(name: string, value: unknown): boolean {
  if (name.startsWith('range')) return value instanceof FeelRange;
  return value !== null && !(value instanceof FeelRange) && compare(value, value) !== null;
}

const relation = (name: string, holds: Relation, ...signatures: readonly (readonly [string, string])[]) =>
  define(`${name}(${signatures[0]?.join(', ') ?? ''})`, (left: unknown, right: unknown) => {
    if (!signatures.some(([first, second]) => fits(first, left) && fits(second, right))) return null;
    try {
      return holds(asRange(left), asRange(right));
    } catch (error) {
      if (error instanceof Incomparable) return null;
      throw error;
    }
  });

const twoRanges = ['range1', 'range2'] as const;
const twoPoints = ['point1', 'point2'] as const;
const pointAndRange = ['point', 'range'] as const;
const rangeAndPoint = ['range', 'point'] as const;
/** A relation by each of its signatures, so that arguments can be named. */
const relations = (name: string, holds: Relation, ...signatures: readonly (readonly [string, string])[]) => signatures.map((first) => relation(name, holds, first, ...signatures));

/** A point starts or finishes a range whose end it is; it has no length to compare. */
const startsAt: Relation = (left, right) => (left.start === left.end ? right.start !== null && holdsStart(right) && starts(left, right) === 0 : begins(left, right));
const finishesAt: Relation = (left, right) => (left.start === left.end ? right.end !== null && holdsEnd(right) && ends(left, right) === 0 : finishes(left, right));
const includesAt: Relation = (left, right) => (right.start === right.end && right.start !== null && holdsStart(right) && holdsEnd(right) ? includes(left, right.start) === true : contains(left, right));

/** DMN 1.5 §10.3.4.7, table 78. */
export const rangeBuiltins = [
  ...relations('before', before, twoPoints, pointAndRange, rangeAndPoint, twoRanges),
  ...relations('after', converse(before), twoPoints, pointAndRange, rangeAndPoint, twoRanges),
  ...relations('meets', meets, twoRanges),
  ...relations('met by', converse(meets), twoRanges),
  ...relations('overlaps', overlap, twoRanges),
  ...relations('overlaps before', overlapsBefore, twoRanges),
  ...relations('overlaps after', overlapsAfter, twoRanges),
  ...relations('finishes', finishesAt, pointAndRange, twoRanges),
  ...relations('finished by', converse(finishesAt), rangeAndPoint, twoRanges),
  ...relations('includes', includesAt, rangeAndPoint, twoRanges),
  ...relations('during', converse(includesAt), pointAndRange, twoRanges),
  ...relations('starts', startsAt, pointAndRange, twoRanges),
  ...relations('started by', converse(startsAt), rangeAndPoint, twoRanges),
  ...relations('coincides', coincides, twoPoints, twoRanges),
];
