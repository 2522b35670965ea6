import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Database } from '#database';
import type { DoorFact } from '../graphql/door-fact.ts';
import { passwordLength, setFirstPassword } from '../people/index.ts';
import { answerJson, readBody } from './answer.ts';

const maximumBodyBytes = 4 * 1024;
const bodySchema = z.strictObject({ token: z.string().min(1).max(200), password: z.string().max(1_000) });

/**
 * `POST /api/first-password` with `{token, password}`: a new person sets their password, once, within a day. Answers 204, or
 * with a code: METHOD_NOT_ALLOWED, BODY_TOO_LARGE, REQUEST_INVALID, LINK_INVALID, PASSWORD_INVALID (the link stays good).
 */
export function createFirstPasswordDoor(database: Pick<Database, 'prisma'>, recordFact: (fact: DoorFact) => Promise<void>) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method !== 'POST') return answerJson(response, 405, { code: 'METHOD_NOT_ALLOWED', message: 'Expected POST' }, { allow: 'POST' });
    const body = await readBody(request, maximumBodyBytes);
    if (body === undefined) return answerJson(response, 413, { code: 'BODY_TOO_LARGE', message: `Expected a body of at most ${maximumBodyBytes} bytes` }, { connection: 'close' });
    const given = bodySchema.safeParse(jsonOf(body));
    if (!given.success) return answerJson(response, 400, { code: 'REQUEST_INVALID', message: 'Expected a JSON object with token and password' });
    const answer = await setFirstPassword(database, given.data);
    if (answer.kind === 'passwordInvalid') return answerJson(response, 422, { code: 'PASSWORD_INVALID', message: `Expected a password of ${passwordLength.minimum} to ${passwordLength.maximum} characters` });
    if (answer.kind === 'linkInvalid') {
      const address = request.socket.remoteAddress ?? 'unknown';
      await recordFact({ factId: `access.refused/${address}/FIRST_LINK_INVALID/${Math.floor(Date.now() / 60_000)}`, action: 'access.refused', actor: { id: 'anonymous', kind: 'system', roles: [] }, reason: 'FIRST_LINK_INVALID', detail: { address } });
      return answerJson(response, 410, { code: 'LINK_INVALID', message: 'Expected a link that was not used and is not older than a day' });
    }
    await recordFact({ factId: `account.passwordSet/${answer.userId}`, action: 'account.passwordSet', actor: { id: answer.userId, kind: 'person', roles: [] } });
    response.writeHead(204, { 'cache-control': 'no-store' });
    response.end();
  };
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
