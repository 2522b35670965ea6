import type { CommandService } from '../../gateway/commands/index.ts';
import { codeOfStep, stepAt } from '../../gateway/identity/one-time-code.ts';
import { AuthBrowser } from './auth-browser.ts';
import { fromBase32 } from './from-base32.ts';
import { startTestDatabase, type TestDatabase } from './index.ts';
import { startGateway, type RunningGateway } from './running-gateway.ts';
import { createPerson, type TestPerson } from './signed-in-person.ts';

/** The origin of our own pages at the desk. */
export const origin = 'http://localhost:4000';

/** What an authenticator shows now, or `steps` of half a minute later. */
export const code = (secret: Buffer, steps = 0): string => codeOfStep(secret, stepAt(Date.now()) + steps);

/** A gateway, and people who sign in there with a password and add a second factor. */
export interface FactorDesk {
  readonly server: TestDatabase;
  readonly gateway: RunningGateway;
  /** Somebody new, who has a password. */
  newPerson(roles?: readonly string[]): Promise<TestPerson>;
  /** `address`: from which of this machine's loopback addresses it calls. */
  newBrowser(address?: string): AuthBrowser;
  /** The browser after the password was right. */
  typePassword(login: Pick<TestPerson, 'username' | 'password'>, browser?: AuthBrowser): Promise<AuthBrowser>;
  /** A person with an authenticator, whose last code is forgotten, so that a test need not wait half a minute. */
  enrolled(roles?: readonly string[]): Promise<{ readonly person: TestPerson; readonly browser: AuthBrowser; readonly secret: Buffer; readonly backupCodes: string[] }>;
  forgetCode(person: TestPerson): Promise<void>;
  /** Moves the proof of the person's sessions so far into the past. */
  age(person: TestPerson, minutes: number): Promise<void>;
  close(): Promise<void>;
}

export async function startFactorDesk(): Promise<FactorDesk> {
  const server = await startTestDatabase();
  const gateway = await startGateway({ databaseUrl: server.url, commands: {} as CommandService });
  const { prisma } = gateway.database;
  let people = 0;

  const desk: FactorDesk = {
    server, gateway,
    newPerson: (roles = ['nurse']) => createPerson(gateway.database, `factor${(people += 1)}`, roles),
    newBrowser: (address) => new AuthBrowser(gateway.url, origin, address),
    async typePassword({ username, password }, browser = desk.newBrowser()) {
      const { status } = await browser.post('/sign-in/username', { username, password });
      if (status !== 200) throw new Error(`Expected ${username} to sign in, but got ${status}`);
      return browser;
    },
    async enrolled(roles) {
      const person = await desk.newPerson(roles);
      const browser = await desk.typePassword(person);
      const begun = await browser.post('/one-time-code/begin');
      const secret = fromBase32(begun.body.secret);
      const confirmed = await browser.post('/one-time-code/confirm', { code: code(secret) });
      if (confirmed.status !== 200) throw new Error(`Expected ${person.username} to enrol, but got ${confirmed.status}`);
      await desk.forgetCode(person);
      return { person, browser, secret, backupCodes: confirmed.body.backupCodes };
    },
    forgetCode: async ({ id }) => void (await prisma.oneTimeCode.update({ where: { userId: id }, data: { lastStep: null } })),
    age: async ({ id }, minutes) => void (await prisma.session.updateMany({ where: { userId: id }, data: { authenticatedAt: new Date(Date.now() - minutes * 60_000) } })),
    async close() {
      await gateway.close();
      await server.stop();
    },
  };
  return desk;
}
