/** Posts a JSON body to a door beside GraphQL. Undefined when it was done, else the code of what stood against it. */
export async function postJson(path: string, body: object): Promise<string | undefined> {
  const answer = await askJson(path, body);
  return answer.isOk ? undefined : answer.code;
}

export type JsonAnswer = { readonly isOk: true; readonly body: Readonly<Record<string, unknown>> } | { readonly isOk: false; readonly code: string };

/** As `postJson`, with what the door answered. */
export async function askJson(path: string, body: object): Promise<JsonAnswer> {
  try {
    const response = await fetch(path, { method: 'POST', credentials: 'same-origin', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    const answer: unknown = await response.json().catch(() => undefined);
    const record = typeof answer === 'object' && answer !== null ? (answer as Record<string, unknown>) : {};
    if (response.ok) return { isOk: true, body: record };
    return { isOk: false, code: typeof record['code'] === 'string' ? record['code'] : response.status === 429 ? 'TOO_MANY_ATTEMPTS' : `HTTP_${response.status}` };
  } catch {
    return { isOk: false, code: 'NETWORK' };
  }
}
