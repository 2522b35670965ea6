/**
 * Why nobody was signed in. UNAVAILABLE: the provider does not answer, or not as the settings need. ATTEMPT_MISSING: the browser
 * did not begin this sign-on, or began it more than ten minutes ago. ATTEMPT_USED: its answer has come before. CANCELLED: the
 * provider says that the person gave up or may not. ANSWER_INVALID: what came is not the provider's answer to this
 * sign-on. FACTOR_MISSING: the person proved less than the settings want. PERSON_UNKNOWN: nobody here is linked to them.
 * LINK_CONFLICT: the person here is linked to somebody else there. OTHER_PERSON: another one than whose session it is.
 * REQUEST_INVALID: the start was asked for in a way that our pages never do.
 */
export const signOnCodes = [
  'SIGN_ON_UNAVAILABLE',
  'SIGN_ON_ATTEMPT_MISSING',
  'SIGN_ON_ATTEMPT_USED',
  'SIGN_ON_CANCELLED',
  'SIGN_ON_ANSWER_INVALID',
  'SIGN_ON_FACTOR_MISSING',
  'SIGN_ON_PERSON_UNKNOWN',
  'SIGN_ON_LINK_CONFLICT',
  'SIGN_ON_OTHER_PERSON',
  'SIGN_ON_REQUEST_INVALID',
] as const;
export type SignOnCode = (typeof signOnCodes)[number];

/** A sign-on that was refused. `finding` says to an administrator what was found, in words of ours and of no token. */
export class SignOnRefusal extends Error {
  constructor(
    readonly code: SignOnCode,
    readonly finding: string,
  ) {
    super(`Expected a sign-on by the provider, but it was refused: ${code}`);
    this.name = 'SignOnRefusal';
  }
}
