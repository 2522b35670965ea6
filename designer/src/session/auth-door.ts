import type { MessageKey } from '../i18n/messages.ts';
import { postToDoor } from './post-to-door.ts';
import { reauthenticate } from './reauthentication.ts';
import { sharedDeviceMark } from './shared-device.ts';
import { signOnRefusal } from './sign-on-refusal.ts';

/** What a sign-in door answered. `key` is the sentence that says what to do. */
export type AuthAnswer = { readonly kind: 'done'; readonly body: unknown } | AuthRefusal;
export interface AuthRefusal {
  readonly kind: 'refused';
  readonly key: MessageKey;
  readonly code: string;
}

const sentences: Readonly<Record<string, MessageKey>> = {
  ACCOUNT_LOCKED: 'session.locked',
  TOO_MANY_ATTEMPTS: 'session.locked',
  INVALID_USERNAME_OR_PASSWORD: 'session.wrong',
  INVALID_USERNAME: 'session.wrong',
  INVALID_PASSWORD: 'security.password.wrong',
  CODE_WRONG: 'factor.code.wrong',
  CODE_REUSED: 'factor.code.reused',
  CODE_LOCKED: 'factor.code.locked',
  SECOND_FACTOR_EXPIRED: 'factor.expired',
  SECOND_FACTOR_REQUIRED: 'factor.required',
  LAST_FACTOR: 'factor.last',
  UNAUTHENTICATED: 'session.expired',
  PASSKEY_NOT_FOUND: 'passkey.unknown',
  AUTHENTICATION_FAILED: 'passkey.failed',
  USER_NOT_VERIFIED: 'passkey.unverified',
  CHALLENGE_NOT_FOUND: 'passkey.late',
  PREVIOUSLY_REGISTERED: 'passkey.present',
  PASSKEY_ADDRESS_UNUSABLE: 'passkey.address',
};

/** Chooses the sentence for a refusal of the sign-in doors. */
export function authRefusal(status: number, code: string | undefined): AuthRefusal {
  const known = code === undefined ? undefined : sentences[code];
  if (known !== undefined) return { kind: 'refused', key: known, code: code ?? '' };
  const signOn = signOnRefusal(code);
  if (signOn) return { kind: 'refused', ...signOn };
  if (status === 429) return { kind: 'refused', key: 'session.rateLimited', code: code ?? 'TOO_MANY_REQUESTS' };
  if (status === 401) return { kind: 'refused', key: 'session.wrong', code: code ?? 'UNAUTHENTICATED' };
  return { kind: 'refused', key: 'session.failed', code: code ?? `HTTP_${status}` };
}

/** Refusals that end once the person has shown a factor. */
const untilShown: readonly string[] = ['REAUTHENTICATION_REQUIRED', 'SECOND_FACTOR_REQUIRED'];

/** Calls a door under `/api/auth/`. Where it wants a recent sign-in or a factor, the person is asked for one and the call goes on. */
export async function callAuthDoor(path: string, body: object = {}): Promise<AuthAnswer> {
  const answer = await callOnce(path, body);
  // The dialog itself calls `/reauthenticate`: it would wait for its own end.
  if (path !== '/reauthenticate' && answer.kind === 'refused' && untilShown.includes(answer.code) && (await reauthenticate())) return callOnce(path, body);
  return answer;
}

async function callOnce(path: string, body: object): Promise<AuthAnswer> {
  const answer = await postToDoor(`/api/auth${path}`, body, sharedDeviceMark());
  if (answer === undefined) return { kind: 'refused', key: 'session.unreachable', code: 'NETWORK' };
  return answer.isOk ? { kind: 'done', body: answer.body } : authRefusal(answer.status, answer.code);
}
