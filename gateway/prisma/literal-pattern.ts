/** A text for `contains` and `startsWith` that stands for itself: Prisma hands `%`, `_` and the backslash to LIKE as they are. */
export function literalPattern(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
