/** The text with each number bound to its unit, so that no line ends between them: `0.5 g`, `10 mL:1.5 g`. */
export function wholeAmounts(text: string): string {
  return text.replace(/(\d) (?=[\p{L}%])/gu, '$1\u00a0');
}
