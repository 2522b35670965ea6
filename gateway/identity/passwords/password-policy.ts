import type { BreachedPasswords } from './breached-passwords.ts';
import { isCommonPassword } from './common-passwords.ts';

/** In characters (Unicode code points after NFKC), whatever they are: nothing is asked of their kinds. */
export const shortestPassword = 12;
export const longestPassword = 128;

/** Why a password is not taken. */
export type PasswordProblem = 'PASSWORD_TOO_SHORT' | 'PASSWORD_TOO_LONG' | 'PASSWORD_COMMON' | 'PASSWORD_CONTAINS_NAME' | 'PASSWORD_BREACHED';

/** What is told of each: why, and what helps. */
export const passwordProblems: Readonly<Record<PasswordProblem, string>> = {
  PASSWORD_TOO_SHORT: 'Expected a password of at least 12 characters, but it is shorter',
  PASSWORD_TOO_LONG: 'Expected a password of at most 128 characters, but it is longer',
  PASSWORD_COMMON: 'Expected a password that is not tried first, but this one is common; four words that do not belong together are a good one',
  PASSWORD_CONTAINS_NAME: 'Expected a password without user name, own name or product name as its main part; choose words that nobody connects with you',
  PASSWORD_BREACHED: 'Expected a password that is in no list of stolen ones, but this one is; choose another, also wherever else you use it',
};

/** Whose password it will be. */
export interface PasswordOwner {
  readonly username?: string | null;
  readonly displayName?: string;
}

export interface PasswordPolicy {
  /** Undefined for a password that is taken. Rejects when the file of breached passwords cannot be read: nothing is taken unchecked. */
  problemOf(password: string, owner: PasswordOwner): Promise<PasswordProblem | undefined>;
}

/**
 * What a password must be: long, and not one that guessers try first. No rules of composition and no age
 * (NIST SP 800-63B-4 §3.1.1.2; OWASP ASVS 5.0 §6.2). `hospitalNames`: names of the house, as people would use them.
 */
export function createPasswordPolicy(breached?: Pick<BreachedPasswords, 'has'>, hospitalNames: readonly string[] = []): PasswordPolicy {
  return {
    async problemOf(password, { username, displayName }) {
      const normal = password.normalize('NFKC');
      const length = [...normal].length;
      if (length < shortestPassword) return 'PASSWORD_TOO_SHORT';
      if (length > longestPassword) return 'PASSWORD_TOO_LONG';
      if (isMainlyName(normal, ['careloop', username ?? '', displayName ?? '', ...hospitalNames])) return 'PASSWORD_CONTAINS_NAME';
      if (isCommonPassword(normal)) return 'PASSWORD_COMMON';
      return (await breached?.has(password)) ? 'PASSWORD_BREACHED' : undefined;
    },
  };
}

/** Whether fewer than eight characters are left once the names, their parts and what is no letter are taken away. */
function isMainlyName(password: string, names: readonly string[]): boolean {
  const small = password.toLowerCase();
  const parts = names.flatMap((name) => [name, ...name.split(/[^\p{L}\p{N}]+/u)]).map((part) => part.toLowerCase()).filter((part) => [...part].length >= (/\p{Script=Han}/u.test(part) ? 2 : 4));
  const without = parts.sort((a, b) => b.length - a.length).reduce((rest, part) => rest.replaceAll(part, ''), small);
  return without !== small && [...without.replaceAll(/[^\p{L}]/gu, '')].length < 8;
}
