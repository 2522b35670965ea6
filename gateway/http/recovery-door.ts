import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { passwordProblems, type PasswordProblem } from '../identity/passwords/index.ts';
import type { PasswordSetter } from '../identity/recovery/index.ts';
import { answerJson, answerNotFound, readBody } from './answer.ts';

const maximumBodyBytes = 8 * 1024;
const token = z.string().min(1).max(200);
const readSchema = z.object({ token });
const setSchema = z.object({ token, code: z.string().max(40).optional(), password: z.string().max(1_024) });

const problems: Readonly<Record<string, string>> = {
  ...passwordProblems,
  LINK_INVALID: 'Expected a link that was not used and is not too old; ask the administrators for another one',
  CODE_WRONG: 'Expected the code that the administrator gave you; after five wrong ones the link is void',
};

/**
 * The public door of one-time links for passwords, under `/api/recovery/`: `read` says whom a link is for, `password` sets the
 * password. The token comes in the body, since addresses end in logs of proxies. Refuses with METHOD_NOT_ALLOWED,
 * BODY_TOO_LARGE, REQUEST_INVALID, LINK_INVALID, CODE_WRONG and the problems of passwords.
 */
export function createRecoveryDoor(setter: PasswordSetter, recordRefusal: (request: IncomingMessage, reason: string) => Promise<void>) {
  return async (request: IncomingMessage, response: ServerResponse, { pathname }: URL): Promise<void> => {
    if (pathname !== '/api/recovery/read' && pathname !== '/api/recovery/password') return answerNotFound(response);
    if (request.method !== 'POST') return answerJson(response, 405, { code: 'METHOD_NOT_ALLOWED', message: 'Expected POST' }, { allow: 'POST' });
    const text = await readBody(request, maximumBodyBytes);
    if (text === undefined) return answerJson(response, 413, { code: 'BODY_TOO_LARGE', message: `Expected a body of at most ${maximumBodyBytes} bytes` }, { connection: 'close' });
    const body = jsonOf(text);
    const refuse = async (code: string): Promise<void> => {
      // Words of passwords are no attack.
      if (code === 'LINK_INVALID' || code === 'CODE_WRONG') await recordRefusal(request, `RECOVERY_${code}`);
      answerJson(response, code === 'LINK_INVALID' ? 404 : 400, { code, message: problems[code] ?? 'Expected a valid request, but it is none' });
    };

    if (pathname === '/api/recovery/read') {
      const asked = readSchema.safeParse(body);
      if (!asked.success) return refuse('REQUEST_INVALID');
      const found = await setter.read(asked.data.token);
      return found ? answerJson(response, 200, found) : refuse('LINK_INVALID');
    }
    const asked = setSchema.safeParse(body);
    if (!asked.success) return refuse('REQUEST_INVALID');
    const problem: PasswordProblem | 'LINK_INVALID' | 'CODE_WRONG' | undefined = await setter.set(asked.data.token, asked.data.code, asked.data.password);
    return problem === undefined ? answerJson(response, 200, { isSet: true }) : refuse(problem);
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
