/** Sign-on of people by the hospital's own provider (OpenID Connect). */
export { attemptLifeSeconds } from './attempt.ts';
export { createIdentityLinks, type IdentityLinks, type LinkOutcome } from './link-identity.ts';
export { isOwnPath } from './own-path.ts';
export { createSignOn, signOnPath, type CurrentSession, type SignOn } from './sign-on.ts';
export { readSignOnFile, type SignOnProvider } from './sign-on-file.ts';
export { SignOnRefusal, type SignOnCode } from './sign-on-refusal.ts';
