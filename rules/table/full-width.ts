const plainSigns: ReadonlyMap<string, string> = new Map([
  ['＞', '>'], ['＜', '<'], ['＝', '='], ['≥', '>='], ['≤', '<='], ['≠', '!='], ['（', '('], ['）', ')'], ['［', '['], ['］', ']'], ['【', '['], ['】', ']'],
  ['，', ','], ['、', ','], ['．', '.'], ['－', '-'], ['＋', '+'], ['＊', '*'], ['／', '/'], ['“', '"'], ['”', '"'], ['＂', '"'], ['\u3000', ' '],
  ...Array.from('０１２３４５６７８９', (digit, value) => [digit, String(value)] as const),
]);

/**
 * A text with the signs and digits that Chinese input methods write in place of those of FEEL. What stands in quotes stays as it is.
 * Such texts are no FEEL, so that none of FEEL's own meanings is touched.
 */
export function withPlainSigns(text: string): string {
  let isQuoted = false;
  let isEscaped = false;
  let plain = '';
  for (const character of text) {
    const sign = plainSigns.get(character) ?? character;
    if (isEscaped) {
      plain += character;
      isEscaped = false;
    } else if (sign === '"') {
      plain += sign;
      isQuoted = !isQuoted;
    } else {
      plain += isQuoted ? character : sign;
      isEscaped = isQuoted && character === '\\';
    }
  }
  return plain;
}
