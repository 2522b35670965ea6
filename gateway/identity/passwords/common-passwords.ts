import { dictionary } from '@zxcvbn-ts/language-common';

let words: ReadonlySet<string> | undefined;

/** The passwords that most people choose, small letters. Read once, when the first password is checked. */
function commonPasswords(): ReadonlySet<string> {
  words ??= new Set(dictionary['passwords-common'].map((word) => word.toLowerCase()));
  return words;
}

/** Rows of keyboards and the plain order of letters and digits, as fingers run over them. */
const rows = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'qazwsxedcrfvtgbyhnujmikolp', '1qaz2wsx3edc4rfv5tgb6yhn7ujm', '1q2w3e4r5t6y7u8i9o0p', '12345678901234567890', '01234567890123456789', 'abcdefghijklmnopqrstuvwxyz'];
const runs = rows.flatMap((row) => [row, [...row].reverse().join('')]);
/** A run shorter than this may stand in a word by chance. */
const shortestRun = 4;

/**
 * Whether a password is one of those that are tried first: a common one, also with digits or signs around it, one piece
 * repeated, or nothing but runs over the keyboard.
 */
export function isCommonPassword(password: string): boolean {
  const small = password.toLowerCase();
  const core = small.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  return commonPasswords().has(small) || (core !== '' && commonPasswords().has(core)) || isRepeated(small) || isKeyboardRun(small);
}

/** One piece of at most half its length, again and again. */
function isRepeated(password: string): boolean {
  return (password + password).indexOf(password, 1) < password.length;
}

/** Nothing but runs, one after another. */
function isKeyboardRun(password: string): boolean {
  let rest = password;
  while (rest !== '') {
    const longest = Math.max(...runs.map((run) => commonStart(rest, run)));
    if (longest < shortestRun) return false;
    rest = rest.slice(longest);
  }
  return true;
}

/** How many characters of `text` from its beginning stand in `run` one after another. */
function commonStart(text: string, run: string): number {
  let length = 0;
  for (let from = run.indexOf(text[0] ?? '\n'); from !== -1; from = run.indexOf(text[0] ?? '\n', from + 1)) {
    let count = 0;
    while (count < text.length && from + count < run.length && text[count] === run[from + count]) count += 1;
    length = Math.max(length, count);
  }
  return length;
}
