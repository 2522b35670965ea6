import { outboundCodeOf } from '../../outbound/index.ts';
import { SignOnRefusal, type SignOnCode } from './sign-on-refusal.ts';

/** What a provider answers where the person gave up or may not. OpenID Connect Core 1.0 §3.1.2.6; RFC 6749 §4.1.2.1. */
const givenUp: readonly string[] = ['access_denied', 'login_required', 'interaction_required', 'consent_required', 'account_selection_required'];
const notNow: readonly string[] = ['temporarily_unavailable', 'server_error', 'invalid_client', 'unauthorized_client'];

/**
 * Turns what the libraries throw into a refusal: no answer or one by a failing server is "unavailable", the rest is `fallback`. The finding
 * names the kind of failure alone, never a value: values are the provider's, or an attacker's.
 */
export function refusalOf(error: unknown, fallback: SignOnCode): SignOnRefusal {
  if (error instanceof SignOnRefusal) return error;
  const outbound = outboundCodeOf(error);
  if (outbound !== undefined) return new SignOnRefusal('SIGN_ON_UNAVAILABLE', outbound);
  const { code, error: said, cause } = (typeof error === 'object' && error !== null ? error : {}) as { readonly code?: unknown; readonly error?: unknown; readonly cause?: unknown };
  if (typeof said === 'string') {
    if (givenUp.includes(said)) return new SignOnRefusal('SIGN_ON_CANCELLED', said);
    if (notNow.includes(said)) return new SignOnRefusal('SIGN_ON_UNAVAILABLE', said);
    return new SignOnRefusal(fallback, said === 'invalid_grant' ? said : 'another error of the provider');
  }
  const kind = typeof code === 'string' && /^[A-Z][A-Z_]{0,60}$/.test(code) ? code : 'a failure without a name';
  // jose's generic error is keys that cannot be fetched.
  const status = typeof cause === 'object' && cause !== null && 'status' in cause ? cause.status : undefined;
  if (kind === 'OAUTH_TIMEOUT' || kind === 'ERR_JWKS_TIMEOUT' || kind === 'ERR_JOSE_GENERIC' || (typeof status === 'number' && status >= 500)) return new SignOnRefusal('SIGN_ON_UNAVAILABLE', kind);
  return new SignOnRefusal(fallback, kind);
}
