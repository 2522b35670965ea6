/** Who people and systems are, and what they may do. */
export { createAccessTokens, type AccessTokens } from './access-token.ts';
export { requireRecentAuthentication, sessionOrigin } from './authentication.ts';
export { createDemoIdentities, createDemoSignInLinks, type DemoCredentials } from './demo-identities.ts';
export { createIdentityLinks, createSignOn, readSignOnFile, type SignOn, type SignOnProvider } from './oidc/index.ts';
export { addAccountNotice } from './account-notices.ts';
export { type People } from './people.ts';
export { createDraftKeys } from './draft-keys.ts';
export { createPersonAccess } from './person-access.ts';
export { createPasswordLink, firstPasswordLifeMs, openBreachedPasswords, type BreachedPasswords } from './passwords/index.ts';
export { createRecoveryCases, type RecoveryCases } from './recovery/index.ts';
export { type IdleLimits, type SessionLife } from './sessions/index.ts';
export { type SignInGuard } from './sign-in-guard.ts';
export { createSecondFactorRule, type SecondFactorDemand } from './second-factor-rule.ts';
export { createViewers, type Viewers } from './viewers.ts';
export { actorOf, type Viewer } from './viewer.ts';
export { ClientAdministrationError, createClientAdministration, credentialStatus, endedWithClient, type ClientAdministration, type CredentialKind, type CredentialWish, type ClientCommand } from './clients/index.ts';
