import { passkey } from '@better-auth/passkey';
import { APIError } from 'better-auth/api';
import { isIP } from 'node:net';
import { z } from 'zod';
import type { Database } from '#database';

/** Whether browsers allow passkeys at an address, and why not. WebAuthn Level 3 §5.1.3: a secure context, and a name, not a number. */
export type PasskeyAddress = { readonly kind: 'usable'; readonly name: string } | { readonly kind: 'notSecure' | 'notAName' };

export function passkeyAddressOf(baseUrl: string): PasskeyAddress {
  const { hostname, protocol } = new URL(baseUrl);
  if (isIP(hostname.replaceAll(/[[\]]/g, '')) !== 0) return { kind: 'notAName' };
  if (protocol !== 'https:' && hostname !== 'localhost') return { kind: 'notSecure' };
  return { kind: 'usable', name: hostname };
}

/** Passkeys of the name in the base URL: found without a user name, and never without finger, face or PIN. */
export function passkeys(baseUrl: string) {
  return passkey({
    rpID: new URL(baseUrl).hostname,
    rpName: 'Careloop',
    origin: new URL(baseUrl).origin,
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    advanced: { webAuthnChallengeCookie: 'passkey_challenge' },
    // The plugin itself would take a mere touch.
    registration: { afterVerification: ({ verification }) => requireVerified(verification.registrationInfo?.userVerified) },
    authentication: { afterVerification: ({ verification }) => requireVerified(verification.authenticationInfo.userVerified) },
  });
}

function requireVerified(isVerified: boolean | undefined): undefined {
  if (isVerified !== true) throw new APIError('UNAUTHORIZED', { code: 'USER_NOT_VERIFIED', message: 'Expected finger, face or PIN with the passkey, but there was none' });
  return undefined;
}

/** What our door takes for the plugin's paths: nothing that the plugin would also understand. */
export const passkeyBodies: Readonly<Record<string, z.ZodType>> = {
  '/passkey/verify-registration': z.strictObject({ response: z.looseObject({ response: z.looseObject({}) }), name: z.string().trim().min(1).max(64) }),
  '/passkey/verify-authentication': z.strictObject({ response: z.looseObject({ id: z.string().min(1).max(1_400), response: z.looseObject({}) }) }),
};

/**
 * Why a passkey was refused, for the record. A counter that has not grown may mean that the key was copied (WebAuthn Level 3
 * §6.1.1); the plugin tells it like any other refusal.
 */
export async function refusalOfPasskey({ prisma }: Pick<Database, 'prisma'>, body: unknown, code: string): Promise<string> {
  const { id, response } = (body as { readonly response?: { readonly id?: unknown; readonly response?: { readonly authenticatorData?: unknown } } } | undefined)?.response ?? {};
  if (code !== 'AUTHENTICATION_FAILED' || typeof id !== 'string' || typeof response?.authenticatorData !== 'string') return code;
  const shown = Buffer.from(response.authenticatorData, 'base64url');
  const known = await prisma.passkey.findUnique({ where: { credentialID: id }, select: { counter: true } });
  return known !== null && known.counter > 0 && shown.length >= 37 && shown.readUInt32BE(33) <= known.counter ? 'PASSKEY_COUNTER_NOT_HIGHER' : code;
}
