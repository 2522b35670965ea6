/** Whether the value of a parameter is worked out: `{ "feel": text }`. */
export function computedText(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const { feel, ...others } = value as Readonly<Record<string, unknown>>;
  return typeof feel === 'string' && Object.keys(others).length === 0 ? feel : undefined;
}
