/** What a door beside GraphQL answered: its status, and its body where that is a JSON object. */
export interface DoorAnswer {
  readonly status: number;
  readonly isOk: boolean;
  readonly body: Readonly<Record<string, unknown>>;
  /** Of a refusal, where the door gives one. */
  readonly code: string | undefined;
}

/** Posts JSON to a door of our own; undefined when nobody answers. */
export async function postToDoor(path: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<DoorAnswer | undefined> {
  let response: Response;
  try {
    response = await fetch(path, { method: 'POST', credentials: 'same-origin', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
  } catch {
    return undefined;
  }
  const answer: unknown = await response.json().catch(() => undefined);
  const record = typeof answer === 'object' && answer !== null ? (answer as Readonly<Record<string, unknown>>) : {};
  const { code } = record;
  return { status: response.status, isOk: response.ok, body: record, code: typeof code === 'string' ? code : undefined };
}
