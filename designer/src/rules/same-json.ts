/** Equal as JSON, whatever the order of members: the gateway's database keeps none. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [a as Readonly<Record<string, unknown>>, b as Readonly<Record<string, unknown>>];
  const names = Object.keys(left).filter((name) => left[name] !== undefined);
  return names.length === Object.keys(right).filter((name) => right[name] !== undefined).length && names.every((name) => Object.hasOwn(right, name) && sameJson(left[name], right[name]));
}
