/** The workflow's own time: the same in every replay. */
export function now(): string {
  return new Date().toISOString();
}
