/** Values that come as JSON have a few levels; whatever walks one of so many does not exhaust the stack. */
const maximumLevels = 100;

/**
 * The name of a fact that cannot be walked: deeper than 100 levels, as one that refers to itself, or with a member that throws when it is
 * read. Undefined when every fact can. What is thrown is dropped: it may quote the patient.
 */
export function unreadableFact(facts: unknown): string | undefined {
  if (typeof facts !== 'object' || facts === null) return 'facts';
  return Object.keys(facts).find((name) => !isReadable(() => (facts as Readonly<Record<string, unknown>>)[name], maximumLevels));
}

function isReadable(read: () => unknown, levels: number): boolean {
  try {
    const value = read();
    if (typeof value !== 'object' || value === null) return true;
    return levels > 0 && Object.keys(value).every((name) => isReadable(() => (value as Readonly<Record<string, unknown>>)[name], levels - 1));
  } catch {
    return false;
  }
}
