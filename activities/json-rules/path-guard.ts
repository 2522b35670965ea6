import isSafeRegex from 'safe-regex2';
import { factPathSchema, maximumDescents } from '#rules';

const maximumLength = 500;
const forbiddenNames = new Set(['__proto__', 'constructor', 'prototype', '__defineGetter__', '__defineSetter__', '__lookupGetter__', '__lookupSetter__']);
/** Methods of texts and lists that take no more time than their values are long. */
const allowedCalls = new Set(['includes', 'indexOf', 'startsWith', 'endsWith', 'toLowerCase', 'toUpperCase', 'trim', 'match', 'test']);

/**
 * Why a path of a json-rules-engine document is refused; undefined for one that may run. Rule sets take only paths that are walked
 * (`factPathSchema`); here filters and scripts run too, by jsonpath-plus's own interpreter, but nothing in them that could take
 * time without end: calls of other methods, patterns that can explode, many descents.
 */
export function pathProblem(path: string): string | undefined {
  if (factPathSchema.safeParse(path).success) return undefined;
  if (path.length > maximumLength) return `Expected a path of at most ${maximumLength} characters, but it is longer`;
  for (const name of path.match(/[A-Za-z_$][\w$]*/g) ?? []) if (forbiddenNames.has(name)) return `Expected a path without ${name}, but it has one`;
  if (path.split('..').length - 1 > maximumDescents) return `Expected a path with at most ${maximumDescents} descents (..), but it has more`;
  const call = unknownCall(path);
  if (call !== undefined) return `Expected calls of ${[...allowedCalls].join(', ')} only in a path, but found ${call}`;
  return hasExplodingPattern(path) ? 'Expected patterns without a repeated group that repeats inside in a path, but found one' : undefined;
}

/** What is called, or would be were it not in quotes, but is not allowed. `match` takes a pattern that is written down, since one that is put together cannot be checked. */
function unknownCall(path: string): string | undefined {
  for (const { index } of path.matchAll(/\(/g)) {
    const before = path.slice(0, index).trimEnd();
    if (/[)\]]$/.test(before)) return 'a call of a computed value';
    const name = /(@?[A-Za-z_$][\w$]*)$/.exec(before)?.[1];
    // A group, a filter `?(…)`, a script `[(…)]` or a type selector `@number()`.
    if (name === undefined || (name.startsWith('@') && path.startsWith('()', index))) continue;
    if (!allowedCalls.has(name)) return name;
    if (name === 'match' && !path.slice(index + 1).trimStart().startsWith('/')) return 'match without a pattern';
    if (name === 'test' && !/\/[a-z]*\s*\.\s*test$/.test(before)) return 'test without a pattern';
  }
  return undefined;
}

/** Two slashes may be a pattern or divisions: whatever could be a pattern between any two of them has to be safe. */
function hasExplodingPattern(path: string): boolean {
  const slashes = [...path.matchAll(/\//g)].map(({ index }) => index);
  return slashes.some((from, at) => slashes.slice(at + 1).some((to) => {
    const pattern = path.slice(from + 1, to);
    return isPattern(pattern) && !isSafeRegex(pattern);
  }));
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text).source !== '';
  } catch {
    return false;
  }
}
