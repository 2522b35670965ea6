/**
 * JSON text that PostgreSQL takes: it refuses the character NUL and lone surrogates, which a scanner or a
 * foreign system can send; they become U+FFFD. What is encrypted keeps the original.
 */
export function databaseJson(value: unknown): string {
  const text = JSON.stringify(value);
  // ECMAScript writes \u only for control characters and lone surrogates.
  return text.includes('\\u') ? JSON.stringify(replaced(value)) : text;
}

function replaced(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\u0000', '\uFFFD').replaceAll(/\p{Surrogate}/gu, '\uFFFD');
  if (Array.isArray(value)) return value.map(replaced);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [replaced(key), replaced(member)]));
}
