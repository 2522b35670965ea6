/** What is wrong with a key, as the gateway has it; undefined when nothing is. */
export function keyProblem(key: string): 'missing' | 'form' | undefined {
  if (key === '') return 'missing';
  return /^[A-Za-z][A-Za-z0-9._-]{0,127}$/.test(key) ? undefined : 'form';
}

/** A key that a name suggests: its letters and digits; empty where it has none. */
export function suggestedKey(name: string): string {
  return name.toLowerCase().normalize('NFKD').replace(/[^a-z0-9]+/g, '-').replace(/^[^a-z]+|-+$/g, '').slice(0, 64);
}
