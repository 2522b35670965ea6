import { dateAndTime, evaluate, FeelFunction } from 'feelin';
import type { FeelNode } from './parse-tree.ts';
import { readToCompare } from './lazy-date-time.ts';

/** As long as `date and time`, so that every place in the source stays where it is. */
const comparedName = '__dateAndTime';

/**
 * Gives `date and time(…)` of one argument another name where it stands directly on a side of a comparison: there nothing but its
 * moment is read. A literal text in it is read once by feelin itself.
 */
export function nameComparedDateTimes(source: string, root: FeelNode): string {
  const places: { readonly from: number; readonly to: number }[] = [];
  root.cursor().iterate(({ node }) => {
    const parent = node.name === 'DateTimeConstructor' ? node.parent : null;
    if (parent?.name !== 'DateTimeLiteral' || parent.parent?.name !== 'Comparison' || parent.parent.getChild('in')) return;
    const [only, ...others] = childrenOf(parent.getChild('PositionalParameters'));
    if (only && others.length === 0 && only.name !== 'StringLiteral' && /^date\s+and\s+time$/.test(source.slice(node.from, node.to))) places.push(node);
  });
  let text = source;
  for (const { from, to } of places) text = text.slice(0, from) + comparedName.padEnd(to - from) + text.slice(to);
  return text;
}

function childrenOf(node: FeelNode | null | undefined): FeelNode[] {
  const children: FeelNode[] = [];
  for (let child = node?.firstChild; child; child = child.nextSibling) if (!child.name.endsWith('Comment')) children.push(child);
  return children;
}

// feelin keeps what its builtins give for bad arguments to itself; the class is reached through such a value.
const refused = (evaluate('number', {}).value as (...args: readonly unknown[]) => object)('no number', null, null);
const Refusal = refused.constructor as new (warning: string, template: string, values: object) => object;

/** The function of that name: feelin's own, which reads the most usual form of a text by its moment only. */
export const comparedDateTimes: Readonly<Record<string, FeelFunction>> = {
  [comparedName]: new FeelFunction((from: unknown) => {
    const value = typeof from === 'string' ? (readToCompare(from) ?? dateAndTime(from)) : null;
    return value ?? new Refusal('INVALID_ARGUMENTS', 'date and time({from}) is not a valid date time', { from });
  }, ['from']),
};
