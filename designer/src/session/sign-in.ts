import { authRefusal, callAuthDoor, type AuthRefusal } from './auth-door.ts';

/** How a sign-in went on. */
export type SignInResult = { readonly kind: 'signedIn' } | { readonly kind: 'secondFactor' } | AuthRefusal;

/** Signs in with user name and password. The session is a cookie; it is not there yet where a code has to follow. */
export async function signIn(username: string, password: string): Promise<SignInResult> {
  const answer = await callAuthDoor('/sign-in/username', { username, password });
  // What was typed cannot be a name at all: to the person it is a wrong name like any other.
  if (answer.kind === 'refused') return answer.code === 'VALIDATION_ERROR' ? authRefusal(401, 'INVALID_USERNAME_OR_PASSWORD') : answer;
  const { body } = answer;
  return typeof body === 'object' && body !== null && 'secondFactor' in body ? { kind: 'secondFactor' } : { kind: 'signedIn' };
}

/** A code of an authenticator, or one from paper. */
export type ShownCode = { readonly code: string } | { readonly backupCode: string };

/** The second step of signing in. */
export async function showSecondFactor(shown: ShownCode): Promise<SignInResult> {
  const answer = await callAuthDoor('/second-factor/verify', shown);
  return answer.kind === 'refused' ? answer : { kind: 'signedIn' };
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
