import type { Viewer } from './viewer.ts';

/** How a session came to be, with what was shown for it in the words of RFC 8176 (`amr`). Of `oidc` the hospital's own words are kept. */
const methodsOf = {
  password: ['pwd'],
  'password+otp': ['pwd', 'otp', 'mfa'],
  'password+backup-code': ['pwd', 'otp', 'mfa'],
  // A passkey asks for finger, face or PIN each time: something owned and something known or inborn.
  passkey: ['swk', 'user', 'mfa'],
  oidc: [],
  link: [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type AuthenticatedBy = keyof typeof methodsOf;

/** What a session is created with, beside its person. */
export interface SessionOrigin {
  readonly authenticatedBy: AuthenticatedBy;
  readonly authenticationMethods: readonly string[];
  readonly authenticatedAt: Date;
}

/** The origin of a session that begins or is renewed now. `methods`: what another system says that it was shown. */
export function sessionOrigin(authenticatedBy: AuthenticatedBy, methods: readonly string[] = methodsOf[authenticatedBy]): SessionOrigin {
  return { authenticatedBy, authenticationMethods: methods, authenticatedAt: new Date() };
}

/** Whether more than one factor was shown. */
export function isMultiFactor(methods: readonly string[]): boolean {
  return methods.includes('mfa');
}

/** How long a sign-in or a factor counts as recent. */
export const recentMs = 15 * 60_000;

/** Whether the person has proved who they are at most a quarter of an hour ago. */
export function isRecent(authenticatedAt: Date | string, now = Date.now()): boolean {
  return now - new Date(authenticatedAt).getTime() < recentMs;
}

/**
 * Acts of gravity, as `Type.field` of a root type: what they do cannot be taken back at once, or gives power away. They need a recent
 * sign-in or factor (OWASP ASVS 5.0 §7.5). What protects patients at once, as suspending a rule or recalling a version does, never waits for one.
 */
export const graveOperations: readonly string[] = [
  'Mutation.approveRuleSet', 'Mutation.signRules', 'Mutation.liftSuspension', 'Mutation.migrateProcessInstances',
  'Mutation.grantRole', 'Mutation.confirmRole', 'Mutation.recordQualification', 'Mutation.enablePerson', 'Mutation.renewFirstPasswordLink', 'Mutation.openRecovery', 'Mutation.confirmRecovery',
  'Mutation.createSystemClient', 'Mutation.addClientCredential', 'Mutation.linkSignOnIdentity',
];

/** A person has to show anew who they are. Doors turn it into their own refusal; the code is the same everywhere. */
export class ReauthenticationRequired extends Error {
  readonly code = 'REAUTHENTICATION_REQUIRED';

  constructor() {
    super('Expected a sign-in or a factor within the last 15 minutes, but it was longer ago');
    this.name = 'ReauthenticationRequired';
  }
}

/** Throws ReauthenticationRequired unless a person has signed in or shown a factor recently. Systems show their key with every token. */
export function requireRecentAuthentication(viewer: Viewer, now = Date.now()): void {
  if (viewer.kind === 'system') return;
  if (viewer.authenticatedAt === undefined || !isRecent(viewer.authenticatedAt, now)) throw new ReauthenticationRequired();
}
