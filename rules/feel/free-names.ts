import type { FeelNode } from './parse-tree.ts';

/** The names, of variables or builtins, that an expression may look up; `?` included. */
export function namesIn(source: string, root: FeelNode): ReadonlySet<string> {
  const names = new Set<string>();
  root.cursor().iterate((node) => {
    if (node.name === 'VariableName' || node.name === '?') names.add(normalName(source.slice(node.from, node.to)));
  });
  return names;
}

/** The context's value for a name, however the spaces in its key are written; undefined when there is none. */
export function valueOf(context: Readonly<Record<string, unknown>>, name: string): unknown {
  if (Object.hasOwn(context, name)) return context[name];
  if (plainName.test(name)) return undefined;
  const key = Object.keys(context).find((candidate) => normalName(candidate) === name);
  return key === undefined ? undefined : context[key];
}

const plainName = /^[\p{L}_?][\p{L}\p{N}_]*$/u;
/** The most frequent of them, known without Unicode's tables. */
const asciiName = /^[A-Za-z_?][A-Za-z0-9_]*$/;

/** A name as FEEL compares names: one space around operators and between words. DMN 1.5 §10.3.1.5. */
export function normalName(name: string): string {
  if (asciiName.test(name) || plainName.test(name)) return name;
  return name.replace(/\s*([./\-'+]|\*\*?)\s*/g, ' $1 ').replace(/\s{2,}/g, ' ').trim();
}
