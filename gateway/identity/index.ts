/** Who people and systems are, and what they may do. */
export { createAccessTokens, type AccessTokens } from './access-token.ts';
export { createDemoIdentities, createDemoSignInLinks, type DemoCredentials } from './demo-identities.ts';
export { createPeople, type People } from './people.ts';
export { createViewers, type Viewers } from './viewers.ts';
export { actorOf, type Viewer } from './viewer.ts';
export { ClientAdministrationError, createClientAdministration, credentialStatus, type ClientAdministration, type CredentialKind, type CredentialWish } from './clients/index.ts';
