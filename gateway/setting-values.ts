import { z } from 'zod';

/** A text that is read by `read`; what that makes undefined is refused with `expected`, which never shows the value: it may hold a password. */
function value<Value>(expected: string, read: (text: string) => Value | undefined) {
  return z.string().transform((text, context) => {
    const found = read(text.trim());
    if (found !== undefined) return found;
    context.addIssue({ code: 'custom', message: `it is not ${expected}` });
    return z.NEVER;
  });
}

/** A whole number of a range. */
export function wholeNumber(least: number, most: number, fallback: number) {
  return value(`a whole number from ${least} to ${most}`, (text) => inRange(/^\d{1,9}$/.test(text) ? Number(text) : Number.NaN, least, most)).default(fallback);
}

/** Minutes, also parts of one. */
export function minutes(least: number, most: number, fallback: number) {
  return value(`a number of minutes from ${least} to ${most}`, (text) => inRange(/^\d{1,9}(\.\d{1,9})?$/.test(text) ? Number(text) : Number.NaN, least, most)).default(fallback);
}

/** One of a few words. */
export function oneOf<const Word extends string>(words: readonly Word[]) {
  return value(`one of ${words.join(', ')}`, (text) => words.find((word) => word === text));
}

/** A text with something in it. */
export const words = value('a text with something in it', (text) => (text === '' ? undefined : text));

/** Where browsers reach the product: cookies, links and passkeys go by it, and the app lies at its root. Without a slash at the end. */
export const webAddress = value('an address such as https://careloop.hospital.example, without a path', (text) => {
  const url = urlOf(text);
  const isPlain = url !== undefined && ['http:', 'https:'].includes(url.protocol) && `${url.username}${url.password}${url.search}${url.hash}` === '' && url.pathname === '/';
  return isPlain ? text.replace(/\/$/, '') : undefined;
});

/** A connection string of PostgreSQL. */
export const databaseAddress = value('a PostgreSQL connection string (postgresql://name:password@host:5432/database, with special characters of the password percent-encoded)', (text) => {
  return ['postgresql:', 'postgres:'].includes(urlOf(text)?.protocol ?? '') ? text : undefined;
});

/** `host:port`. */
export const hostAndPort = value('host:port', (text) => {
  const port = /^[^\s/]+:(\d{1,5})$/.exec(text)?.[1];
  return port !== undefined && inRange(Number(port), 1, 65_535) !== undefined ? text : undefined;
});

const urlOf = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined);

/** NaN is in no range. */
const inRange = (number: number, least: number, most: number): number | undefined => (number >= least && number <= most ? number : undefined);
