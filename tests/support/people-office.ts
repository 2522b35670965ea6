import { randomUUID } from 'node:crypto';
import type { CommandService } from '../../gateway/commands/index.ts';
import { startTestDatabase, type TestDatabase } from './index.ts';
import { startGateway, type As, type GraphqlAnswer, type RunningGateway } from './running-gateway.ts';

const person = 'person { id displayName disabledAt canSignIn assignments { id role unit kind status validFrom validUntil endedAt endReason onBehalfOf { id } } proposals { id role } qualifications { id code expiresSoon revokedAt } }';
const own = 'ownRoles { assignments { id role unit kind status onBehalfOf { id } } passedOn { id role unit kind person { id } } absences { id person { id } substitute { id } tasksPassedAt } }';
const onePerson = ['grantRole', 'confirmRole', 'rejectRole', 'endRole', 'recordQualification', 'revokeQualification', 'renamePerson', 'disablePerson', 'enablePerson'];
const withLink = ['createPerson', 'renewFirstPasswordLink'];

/** A gateway, its administrators, and the acts on people by name. */
export interface PeopleOffice {
  readonly server: TestDatabase;
  readonly gateway: RunningGateway;
  /** Makes accounts. */
  readonly system: As;
  /** Gives roles. */
  readonly security: As;
  /** Carries out a mutation of people; gives its payload or expected error, with `__typename`. Throws what is neither. */
  act(as: As, name: string, input: Readonly<Record<string, unknown>>): Promise<GraphqlAnswer['data']>;
  /** A new account that can sign in with `password`, without a role. */
  newPerson(username: string): Promise<{ readonly id: string; readonly username: string; readonly password: string }>;
  signInAs(login: { readonly username: string; readonly password: string }): Promise<Response>;
  cookieOf(login: { readonly username: string; readonly password: string }): Promise<As>;
  viewerOf(as: As): Promise<GraphqlAnswer>;
  close(): Promise<void>;
}

export async function startPeopleOffice(commands = {} as CommandService): Promise<PeopleOffice> {
  const server = await startTestDatabase();
  const gateway = await startGateway({ databaseUrl: server.url, commands, secondFactor: 'nobody' });
  const [system, security] = [await gateway.signIn('system-administrator'), await gateway.signIn('security-administrator')];
  const post = (path: string, body: object) => fetch(`${gateway.url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json', origin: 'http://localhost:4000' }, body: JSON.stringify(body) });
  const signInAs = (login: object) => post('/api/auth/sign-in/username', login);

  const act: PeopleOffice['act'] = async (as, name, input) => {
    const capital = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    const selection = onePerson.includes(name) ? person : withLink.includes(name) ? `${person} firstPasswordPath` : own;
    const { data, errors } = await gateway.graphql(as, `mutation ($input: ${capital}Input!) { result: ${name}(input: $input) { __typename ... on ${capital}Payload { ${selection} } ... on Error { code place } } }`, { input: { idempotencyKey: randomUUID(), ...input } });
    if (errors) throw new Error(JSON.stringify(errors));
    return data.result;
  };

  return {
    server, gateway, system, security, act, signInAs,
    async newPerson(username) {
      const made = await act(system, 'createPerson', { name: `${username}（合成）`, username });
      const password = `a long password of ${username}`;
      const set = await post('/api/recovery/password', { token: String(made.firstPasswordPath).split('#')[1], password });
      if (!set.ok) throw new Error(`Expected a first password to be set, but got ${set.status}`);
      return { id: made.person.id, username, password };
    },
    async cookieOf(login) {
      const response = await signInAs(login);
      if (!response.ok) throw new Error(`Expected ${login.username} to sign in, but got ${response.status}`);
      return { cookie: response.headers.getSetCookie().map((cookie) => cookie.split(';')[0]).join('; ') };
    },
    viewerOf: (as) => gateway.graphql(as, '{ viewer { id roles unit } }'),
    async close() {
      await gateway.close();
      await server.stop();
    },
  };
}
