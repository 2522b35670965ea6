import type { JWTPayload } from 'jose';
import { unstorable } from '../../unstorable-text.ts';
import { SignOnRefusal } from './sign-on-refusal.ts';

/** The event that makes a token an order to end sessions. OpenID Connect Back-Channel Logout 1.0 §2.4. */
const backchannelLogoutEvent = 'http://schemas.openid.net/event/backchannel-logout';

/** Whose sessions end: those of one session there, or all of somebody's. `issuedAt`: seconds. */
export interface LogoutOrder {
  readonly subject?: string;
  readonly sid?: string;
  readonly issuedAt: number;
}

/**
 * What a logout token says whose signature, issuer, audience and times are checked. An ID token is none: it has a nonce and no
 * event. Refuses: SIGN_ON_ANSWER_INVALID. OpenID Connect Back-Channel Logout 1.0 §2.6, 4 to 8.
 */
export function readLogoutToken(payload: JWTPayload, type: string | undefined): LogoutOrder {
  const { sub, sid, iat, jti, events, nonce } = payload as JWTPayload & { readonly sid?: unknown; readonly events?: unknown; readonly nonce?: unknown };
  const wrong = (finding: string) => new SignOnRefusal('SIGN_ON_ANSWER_INVALID', finding);
  if (type !== undefined && !/^(?:application\/)?logout\+jwt$|^jwt$/i.test(type)) throw wrong('a token of another kind');
  if (nonce !== undefined) throw wrong('a logout token with a nonce');
  const event: unknown = typeof events === 'object' && events !== null ? (events as Record<string, unknown>)[backchannelLogoutEvent] : undefined;
  if (typeof event !== 'object' || event === null) throw wrong('a token without the event of logout');
  if (typeof jti !== 'string' || jti === '') throw wrong('a logout token without an id');
  const subject = typeof sub === 'string' && sub !== '' ? { subject: sub } : {};
  const session = typeof sid === 'string' && sid !== '' ? { sid } : {};
  if (!('subject' in subject) && !('sid' in session)) throw wrong('a logout token for nobody');
  if (unstorable({ ...subject, ...session }) !== undefined) throw wrong('a text that cannot be kept');
  // Its presence was checked with the signature.
  return { ...subject, ...session, issuedAt: iat ?? 0 };
}
