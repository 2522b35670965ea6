/** Who people and systems are, and what they may do. */
export { createAccessTokens, type AccessTokens } from './access-token.ts';
export { createDemoIdentities, createDemoSignInLinks, type DemoCredentials } from './demo-identities.ts';
export { createIdentityLinks, createSignOn, readSignOnFile, type SignOn, type SignOnProvider } from './oidc/index.ts';
export { createPeople, type People } from './people.ts';
export { createTokenDoor } from './token-door.ts';
export { createViewers, type Viewers } from './viewers.ts';
export { actorOf, type Viewer } from './viewer.ts';
