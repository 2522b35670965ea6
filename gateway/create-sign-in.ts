import type { DoorFact } from './graphql/door-fact.ts';
import type { GatewayOptions } from './gateway-options.ts';
import { createClientAuthentication, createRevocationDoor, createSpentTokens, createTokenDoor } from './identity/clients/index.ts';
import { createAccessTokens, createIdentityLinks, createPersonAccess, createSecondFactorRule, createSignOn, createViewers } from './identity/index.ts';
import type { Limits } from './limits/index.ts';
import { createOutbound } from './outbound/index.ts';

/** How people and systems show who they are, and the doors at which they do. */
export function createSignIn(options: GatewayOptions, { limits, recordFact }: { readonly limits: Limits; readonly recordFact: (fact: DoorFact) => Promise<void> }) {
  const { database, logger, masterKey, baseUrl, signOnProviders = [], outbound = createOutbound() } = options;
  const secondFactorRule = createSecondFactorRule(options.secondFactor ?? 'administrators', options.isDemo);
  const access = createPersonAccess({
    ...options,
    secondFactorRule,
    log: (level, message) => logger[level]({ part: 'sign-in' }, message),
    recordFact,
    issuersInsteadOfPasswords: signOnProviders.filter(({ replacesPasswords }) => replacesPasswords).map(({ issuer }) => issuer),
  });
  const tokens = createAccessTokens(masterKey, baseUrl);
  const spent = createSpentTokens(database);
  const oauth = {
    authenticate: createClientAuthentication(database, spent, [baseUrl, `${baseUrl}/oauth/token`]),
    tokens,
    spent,
    limits: limits.oauth,
    onRefused: (clientId: string, reason: string) => recordFact({ factId: `access.refused/client/${clientId}/${reason}/${Math.floor(Date.now() / 60_000)}`, action: 'access.refused', actor: { id: clientId, kind: 'system', roles: [] }, reason }),
  };
  return {
    ...access,
    viewers: createViewers({ database, people: access.people, sessions: access.sessions, secondFactorRule, tokens, spent }),
    identityLinks: createIdentityLinks({ database, providers: signOnProviders, recordFact }),
    signOn: createSignOn({ database, people: access.people, providers: signOnProviders, outbound, masterKey, baseUrl, recordFact }),
    oauth: { token: createTokenDoor(oauth), revoke: createRevocationDoor(oauth) },
  };
}
