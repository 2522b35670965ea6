import { postToDoor } from '../session/post-to-door.ts';

/** Posts a JSON body to a door beside GraphQL. Undefined when it was done, else the code of what stood against it. */
export async function postJson(path: string, body: object): Promise<string | undefined> {
  const answer = await askJson(path, body);
  return answer.isOk ? undefined : answer.code;
}

export type JsonAnswer = { readonly isOk: true; readonly body: Readonly<Record<string, unknown>> } | { readonly isOk: false; readonly code: string };

/** As `postJson`, with what the door answered. */
export async function askJson(path: string, body: object): Promise<JsonAnswer> {
  const answer = await postToDoor(path, body);
  if (answer === undefined) return { isOk: false, code: 'NETWORK' };
  if (answer.isOk) return { isOk: true, body: answer.body };
  return { isOk: false, code: answer.code ?? (answer.status === 429 ? 'TOO_MANY_ATTEMPTS' : `HTTP_${answer.status}`) };
}
