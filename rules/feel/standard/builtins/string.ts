import { FeelError } from '../../feel-error.ts';
import { requireSafe } from '../../safe-patterns.ts';
import { xpathPattern } from '../xpath-pattern.ts';
import { define } from './define.ts';

/** Characters as FEEL counts them: code points. */
const charactersOf = (text: string): string[] => Array.from(text);

function substring(text: string, position: number, characterCount: number | null): string | null {
  const [start, length] = [Math.trunc(position), characterCount === null ? null : Math.trunc(characterCount)];
  if (start === 0 || (length !== null && length < 1)) return null;
  const characters = charactersOf(text);
  const from = start > 0 ? start - 1 : characters.length + start;
  if (from < 0) return null;
  return characters.slice(from, length === null ? undefined : from + length).join('');
}

/** An XPath pattern as the runtime's own, global; null for a bad one. Fails: FEEL_BUDGET. */
function patternOf(text: string, pattern: string, flags: string | null): RegExp | null {
  const expression = xpathPattern(pattern, flags ?? '');
  if (!expression) return null;
  // Classes within classes are unknown to the guard; nothing in them repeats.
  if (!flags?.includes('q')) requireSafe(text, pattern.replace(/-\[[^\]]*\]\]/g, ']'));
  expression.lastIndex = 0;
  return expression;
}

/** `$1` is a group, `\$` a dollar; any other dollar is an error. Null for such. */
function replacementOf(text: string): ((match: string, groups: readonly (string | undefined)[]) => string) | null {
  if (/(?<!\\)(?:\\\\)*\$(?!\d)/.test(text) || /\\(?![\\$])/.test(text)) return null;
  return (match, groups) => text.replace(/\\([\\$])|\$(\d+)/g, (_whole, escaped: string | undefined, digits: string | undefined) => {
    if (escaped !== undefined) return escaped;
    // As many digits as name a group; the rest is text.
    for (let length = digits?.length ?? 0; length > 1; length -= 1) {
      const index = Number(digits?.slice(0, length));
      if (index <= groups.length) return `${groups[index - 1] ?? ''}${digits?.slice(length) ?? ''}`;
    }
    const index = Number(digits?.charAt(0));
    return `${index === 0 ? match : (groups[index - 1] ?? '')}${digits?.slice(1) ?? ''}`;
  });
}

function replace(input: string, pattern: string, replacement: string, flags: string | null): string | null {
  const expression = patternOf(input, pattern, flags);
  const write = flags?.includes('q') ? () => replacement : replacementOf(replacement);
  if (!expression || !write || matchesNothing(expression)) return null;
  return input.replace(expression, (match: string, ...rest: unknown[]) => {
    const end = rest.findIndex((value) => typeof value === 'number');
    // Groups come before the offset.
    return write(match, rest.slice(0, end) as readonly (string | undefined)[]);
  });
}

/** XPath refuses to replace or split by a pattern that matches an empty text. */
function matchesNothing(expression: RegExp): boolean {
  expression.lastIndex = 0;
  return expression.test('');
}

function split(text: string, delimiter: string): string[] | null {
  const expression = patternOf(text, delimiter, null);
  if (!expression || matchesNothing(expression)) return null;
  const parts: string[] = [];
  let from = 0;
  for (const match of text.matchAll(expression)) {
    parts.push(text.slice(from, match.index));
    from = match.index + match[0].length;
  }
  return [...parts, text.slice(from)];
}

function join(list: readonly unknown[], delimiter: string | null): string | null {
  const texts = list.filter((item) => item !== null);
  if (!texts.every((item) => typeof item === 'string')) return null;
  const joined = texts.join(delimiter ?? '');
  if (joined.length > 1_000_000) throw new FeelError('FEEL_BUDGET', 'Expected a text of at most 1000000 characters, but it is longer');
  return joined;
}

/** DMN 1.5 §10.3.4.3. */
export const stringBuiltins = [
  define('substring(string: string, start position: number, length?: number)', substring),
  define('string length(string: string)', (text: string) => charactersOf(text).length),
  define('upper case(string: string)', (text: string) => text.toUpperCase()),
  define('lower case(string: string)', (text: string) => text.toLowerCase()),
  define('substring before(string: string, match: string)', (text: string, match: string) => text.slice(0, Math.max(text.indexOf(match), 0))),
  define('substring after(string: string, match: string)', (text: string, match: string) => (text.includes(match) ? text.slice(text.indexOf(match) + match.length) : '')),
  define('replace(input: string, pattern: string, replacement: string, flags?: string)', replace),
  define('contains(string: string, match: string)', (text: string, match: string) => text.includes(match)),
  define('starts with(string: string, match: string)', (text: string, match: string) => text.startsWith(match)),
  define('ends with(string: string, match: string)', (text: string, match: string) => text.endsWith(match)),
  define('matches(input: string, pattern: string, flags?: string)', (input: string, pattern: string, flags: string | null) => patternOf(input, pattern, flags)?.test(input) ?? null),
  define('split(string: string, delimiter: string)', split),
  define('string join(list: list, delimiter?: string)', join),
];
