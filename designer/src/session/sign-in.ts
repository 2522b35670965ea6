import type { MessageKey } from '../i18n/messages.ts';
import { signOnRefusal } from './sign-on-refusal.ts';
import { sharedDeviceMark } from './shared-device.ts';

/** How a sign-in ended; `key` is the sentence that says what to do. */
export type SignInResult = { readonly kind: 'signedIn' } | { readonly kind: 'refused'; readonly key: MessageKey; readonly code: string };

/** Chooses the sentence for an answer of the identity door. */
export function signInRefusal(status: number, code: string | undefined): Extract<SignInResult, { kind: 'refused' }> {
  if (status === 429 || code === 'ACCOUNT_LOCKED' || code === 'TOO_MANY_ATTEMPTS') return { kind: 'refused', key: 'session.locked', code: code ?? 'TOO_MANY_REQUESTS' };
  if (status === 401 || status === 422 || code === 'INVALID_USERNAME_OR_PASSWORD' || code === 'INVALID_USERNAME') return { kind: 'refused', key: 'session.wrong', code: code ?? 'INVALID_USERNAME_OR_PASSWORD' };
  const signOn = signOnRefusal(code);
  if (signOn) return { kind: 'refused', ...signOn };
  return { kind: 'refused', key: 'session.failed', code: code ?? `HTTP_${status}` };
}

/** Signs in with user name and password (better-auth, username plugin). The session is a cookie. */
export async function signIn(username: string, password: string): Promise<SignInResult> {
  let response: Response;
  try {
    response = await fetch('/api/auth/sign-in/username', { method: 'POST', credentials: 'same-origin', headers: { 'content-type': 'application/json', ...sharedDeviceMark() }, body: JSON.stringify({ username, password }) });
  } catch {
    return { kind: 'refused', key: 'session.unreachable', code: 'NETWORK' };
  }
  if (response.ok) return { kind: 'signedIn' };
  const body: unknown = await response.json().catch(() => undefined);
  const code = typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string' ? body.code : undefined;
  return signInRefusal(response.status, code);
}

/** Ends the session on the server. Gives where to sign out at the hospital's provider too, where the session began there. */
export async function signOut(): Promise<string | undefined> {
  const response = await fetch('/api/auth/oidc/sign-out', { method: 'POST', credentials: 'same-origin' });
  const body: unknown = await response.json().catch(() => undefined);
  return typeof body === 'object' && body !== null && 'location' in body && typeof body.location === 'string' ? body.location : undefined;
}

/** The path to go on to after signing in; never another site. */
export function safeReturnPath(asked: string | null): string {
  return asked !== null && /^\/(?![/\\])/.test(asked) && !asked.startsWith('/login') ? asked : '/';
}
