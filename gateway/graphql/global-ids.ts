const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A Relay global id of this server, `base64(Type:id)`. */
export function globalIdOf(typename: string, id: string): string {
  return Buffer.from(`${typename}:${id}`).toString('base64');
}

/** Type and id of a global id; undefined for anything else. */
export function readGlobalId(value: string): { readonly typename: string; readonly id: string } | undefined {
  if (value.length > 512 || !/^[A-Za-z0-9+/]+={0,2}$/.test(value)) return undefined;
  const text = Buffer.from(value, 'base64').toString('utf8');
  const match = /^([A-Z][A-Za-z]*):(.+)$/s.exec(text);
  // No id of ours has a control character, and PostgreSQL takes no U+0000.
  return match?.[1] && match[2] && !/\p{Cc}/u.test(match[2]) ? { typename: match[1], id: match[2] } : undefined;
}

/** The plain id of an argument that may be a global id of `typename` or the plain id itself. */
export function plainIdOf(typename: string, value: string): string {
  const global = readGlobalId(value);
  return global?.typename === typename ? global.id : value;
}

/** The instance id of an argument; undefined when it cannot be one, so that PostgreSQL is not asked. */
export function instanceIdOf(value: string): string | undefined {
  const id = plainIdOf('ProcessInstance', value);
  return isUuid(id) ? id : undefined;
}

/** Whether PostgreSQL takes it for a UUID, as we write them. */
export function isUuid(value: string): boolean {
  return uuid.test(value);
}
