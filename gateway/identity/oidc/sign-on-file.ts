import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { readAllowedTarget, type AllowedTarget } from '../../outbound/index.ts';
import { personRoles, wardRoles } from '../policy.ts';

/** Signature algorithms that a token may have: with public keys alone. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'] as const;

/** Never by a provider's word: who administers or oversees, and so could give themselves more. */
const neverMapped: readonly string[] = ['system-administrator', 'security-administrator', 'auditor', 'privacy-officer'];

const secretPlace = { file: z.string().min(1).optional(), variable: z.string().regex(/^[A-Z_][A-Z0-9_]*$/).optional() };
const hasOnePlace = ({ file, variable }: { readonly file?: string | undefined; readonly variable?: string | undefined }) => (file === undefined) !== (variable === undefined);
const onePlace = 'the secret is in a file or in a variable: name one';

const roleSchema = z
  .strictObject({ role: z.enum(personRoles), unit: z.string().min(1).optional() })
  .refine(({ role }) => !neverMapped.includes(role), 'administrators, auditors and privacy officers are not made by sign-on')
  .refine(({ role, unit }) => wardRoles.includes(role) === (unit !== undefined), 'doctors, nurses and head nurses have a unit, others have none');

const allowedSchema = z.string().transform((entry, context): AllowedTarget => {
  try {
    return readAllowedTarget(entry);
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message });
    return z.NEVER;
  }
});

const providerSchema = z.strictObject({
  /** Part of its addresses. */
  id: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, 'small letters, digits and hyphens').refine((id) => id !== 'sign-out', 'the name is taken'),
  name: z.strictObject({ 'zh-CN': z.string().min(1).max(40), en: z.string().min(1).max(40) }),
  issuer: z.url({ protocol: /^https?$/ }).refine((issuer) => !/[?#]/.test(issuer), 'an issuer has neither query nor fragment'),
  clientId: z.string().min(1).max(200),
  clientAuthentication: z.discriminatedUnion('method', [
    z.strictObject({ method: z.literal('client_secret_basic'), ...secretPlace }).refine(hasOnePlace, onePlace),
    z.strictObject({ method: z.literal('private_key_jwt'), ...secretPlace, keyId: z.string().min(1).optional(), algorithm: z.enum(algorithms) }).refine(hasOnePlace, onePlace),
  ]),
  scope: z.string().regex(/^openid( [\x21\x23-\x5b\x5d-\x7e]+)*$/, 'begins with openid').default('openid'),
  allowAddresses: z.array(allowedSchema).max(20).default([]),
  algorithms: z.array(z.enum(algorithms)).min(1).default(['RS256', 'PS256', 'ES256', 'EdDSA']),
  linkBy: z.enum(['administrator', 'staffNumber']).default('administrator'),
  staffNumberClaim: z.string().min(1).refine((claim) => !/^email/i.test(claim), 'an e-mail address says not who somebody is').optional(),
  claimsFrom: z.enum(['idToken', 'userInfo']).default('idToken'),
  acceptedAcr: z.array(z.string().min(1)).default([]),
  acceptedAmr: z.array(z.string().min(1)).default([]),
  replacesPasswords: z.boolean().default(false),
  roles: z.strictObject({ claim: z.string().min(1), map: z.record(z.string(), roleSchema) }).optional(),
}).refine(({ linkBy, staffNumberClaim }) => linkBy === 'administrator' || staffNumberClaim !== undefined, 'linkBy staffNumber needs staffNumberClaim');

const fileSchema = z
  .strictObject({ providers: z.array(providerSchema).min(1).max(10) })
  .refine(({ providers }) => new Set(providers.map(({ id }) => id)).size === providers.length, 'two providers have the same id')
  .refine(({ providers }) => new Set(providers.map(({ issuer }) => issuer)).size === providers.length, 'two providers have the same issuer');

/** One provider of the sign-on file. `secret`: the client's secret, or its private key as PKCS #8 PEM. */
export type SignOnProvider = z.infer<typeof providerSchema> & { readonly secret: string };

/**
 * Reads the sign-on file (docs/sign-on.md) with the secrets that it names; files are relative to its own folder. Throws a sentence
 * that names the place and never a secret.
 */
export function readSignOnFile(path: string, environment: Readonly<Record<string, string | undefined>> = process.env): readonly SignOnProvider[] {
  if (!existsSync(path)) throw new Error(`Expected the sign-on providers at ${path}, but there is no such file. Correct CARELOOP_SIGN_ON_FILE or unset it.`);
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    throw new Error(`Expected JSON in ${path}, but it cannot be read. Correct the file and start again.`);
  }
  const parsed = fileSchema.safeParse(content);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Error(`Expected a valid value at ${issue?.path.join('.') || 'the top'} of ${path}, but: ${issue?.message ?? 'it is not'}. Correct the file and start again.`);
  }
  return parsed.data.providers.map((provider) => {
    const { file, variable } = provider.clientAuthentication;
    const secretFile = file === undefined ? undefined : resolve(dirname(path), file);
    const secret = secretFile !== undefined ? (existsSync(secretFile) ? readFileSync(secretFile, 'utf8').trim() : '') : (environment[variable ?? ''] ?? '').trim();
    if (secret === '') throw new Error(`Expected the secret of the provider ${provider.id} in ${secretFile ?? variable}, but there is none. Correct ${path} or put it there.`);
    return { ...provider, secret };
  });
}
