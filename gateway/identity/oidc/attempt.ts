import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Database } from '#database';
import type { SealedText } from './sealed-text.ts';
import { SignOnRefusal } from './sign-on-refusal.ts';

/** How long a person has at the provider's pages. */
export const attemptLifeSeconds = 600;

const attemptSchema = z.object({
  provider: z.string(),
  secret: z.string().length(43),
  returnTo: z.string(),
  /** Of a person who proves again who they are: the session that stays theirs. */
  sessionId: z.string().optional(),
  iat: z.number(),
});

/** A sign-on that a browser has begun: `iat` in seconds. It lives in that browser's cookie, encrypted, and nowhere else. */
export type Attempt = z.infer<typeof attemptSchema>;

/** What goes to the provider and must come back, all from the one secret of the attempt. */
export interface AttemptProof {
  readonly state: string;
  readonly nonce: string;
  /** PKCE, RFC 7636: 43 characters. */
  readonly codeVerifier: string;
}

/** Begins an attempt; gives the cookie's value too. */
export async function beginAttempt(sealed: SealedText, { provider, returnTo, sessionId }: Pick<Attempt, 'provider' | 'returnTo' | 'sessionId'>): Promise<{ readonly attempt: Attempt; readonly cookie: string }> {
  const attempt = { provider, secret: randomBytes(32).toString('base64url'), returnTo, ...(sessionId === undefined ? {} : { sessionId }), iat: Math.floor(Date.now() / 1_000) };
  const { iat: _iat, ...content } = attempt;
  return { attempt, cookie: await sealed.seal(content, attemptLifeSeconds) };
}

/** The attempt of this browser; undefined where it has none that is still good. */
export async function openAttempt(sealed: SealedText, cookie: string | undefined): Promise<Attempt | undefined> {
  const content = cookie === undefined ? undefined : await sealed.open(cookie);
  return attemptSchema.safeParse(content).data;
}

/** State, nonce and code verifier of an attempt: who has the cookie alone can know them. */
export function proofOf({ secret }: Attempt): AttemptProof {
  const derive = (name: string): string => createHmac('sha256', secret).update(name).digest('base64url');
  return { state: derive('state'), nonce: derive('nonce'), codeVerifier: derive('code-verifier') };
}

/** Whether a state that came back is the attempt's own; equal time for all that are not. */
export function isStateOf(attempt: Attempt, state: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(state), digest(proofOf(attempt).state));
}

/** Takes an attempt's answer once, in all gateways together. Refuses: SIGN_ON_ATTEMPT_USED. */
export async function useAttempt({ prisma }: Pick<Database, 'prisma'>, attempt: Attempt): Promise<void> {
  await prisma.signOnCallback.deleteMany({ where: { expiresAt: { lt: new Date() } } });
  const id = createHash('sha256').update(proofOf(attempt).state).digest('hex');
  const { count } = await prisma.signOnCallback.createMany({ data: [{ id, expiresAt: new Date((attempt.iat + 2 * attemptLifeSeconds) * 1_000) }], skipDuplicates: true });
  if (count === 0) throw new SignOnRefusal('SIGN_ON_ATTEMPT_USED', 'the answer came a second time');
}
