/** Systems that connect: their credentials, tokens and administration. */
export { createClientAuthentication, type ClientRefusal } from './authenticate-client.ts';
export { certificateOf } from './client-certificate.ts';
export { readCertificate, readPublicJwk, type MaterialProblem } from './credential-material.ts';
export { createRevocationDoor, createTokenDoor, serverMetadata, type OauthAnswer, type OauthLimits, type OauthRequest } from './oauth-doors.ts';
export { createSpentTokens, type SpentTokens } from './spent-tokens.ts';
export { createSystemClients } from './system-clients.ts';
export { ClientAdministrationError, type ClientRefusalCode } from './administration-error.ts';
export { createClientAdministration, type ClientAdministration, type ClientCommand, type CredentialKind, type CredentialWish, type MadeCredential } from './administer.ts';
export { credentialStatus, endedWithClient, warnedDays, type CredentialStatus } from './credential-status.ts';
