import { FeelError } from '../feel/feel-error.ts';
import { normalName } from '../feel/free-names.ts';
import { parseFeel, type FeelGoal, type KnownNames } from '../feel/parse-tree.ts';

/** A text of FEEL with other names of its variables; a text that cannot be read stays. */
export function renamed(text: string, goal: FeelGoal, names: ReadonlyMap<string, string>): string {
  const changed = new Map([...names].filter(([from, to]) => from !== to).map(([from, to]) => [normalName(from), to]));
  if (changed.size === 0 || (goal === 'unaryTests' && /^\s*-?\s*$/.test(text))) return text;
  // Only names of several words need to be known; a known name would hide the function that is called by it.
  const known: KnownNames = Object.fromEntries([...names.keys()].filter((name) => !/^\w+$/.test(name)).map((name) => [name, {}]));
  try {
    let written = '';
    let at = 0;
    parseFeel(text, goal, known).cursor().iterate(({ name, from, to }) => {
      const other = name === 'VariableName' ? changed.get(normalName(text.slice(from, to))) : undefined;
      if (other === undefined) return;
      written += text.slice(at, from) + other;
      at = to;
    });
    return written + text.slice(at);
  } catch (error) {
    if (error instanceof FeelError) return text;
    throw error;
  }
}
