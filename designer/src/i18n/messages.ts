import { contentWords, factWords, substanceWords } from '#rule-words';
import type { Locale } from './message.ts';
import { bedsideMessages } from './messages/bedside.ts';
import { clientsMessages } from './messages/clients.ts';
import { licencesMessages } from './messages/licences.ts';
import { migrateMessages } from './messages/migrate.ts';
import { operateMessages } from './messages/operate.ts';
import { operationsMessages } from './messages/operations.ts';
import { patientAccessMessages } from './messages/patient-access.ts';
import { peopleMessages } from './messages/people.ts';
import { pictureMessages } from './messages/picture.ts';
import { policyMessages } from './messages/policy.ts';
import { processesMessages } from './messages/processes.ts';
import { ruleCasesMessages } from './messages/rule-cases.ts';
import { ruleFilesMessages } from './messages/rule-files.ts';
import { ruleTableMessages } from './messages/rule-table.ts';
import { ruleTrialsMessages } from './messages/rule-trials.ts';
import { rulesMessages } from './messages/rules.ts';
import { sessionsMessages } from './messages/sessions.ts';
import { securityMessages } from './messages/security.ts';
import { shellMessages } from './messages/shell.ts';
import { signOnMessages } from './messages/sign-on.ts';
import { verificationMessages } from './messages/verification.ts';
import { wardsMessages } from './messages/wards.ts';
import { workMessages } from './messages/work.ts';

/** Every text of the screens, by key. */
export const messages = {
  ...shellMessages, ...signOnMessages, ...securityMessages, ...sessionsMessages, ...policyMessages, ...patientAccessMessages,
  ...peopleMessages, ...clientsMessages, ...workMessages, ...bedsideMessages, ...operationsMessages, ...operateMessages,
  ...migrateMessages, ...pictureMessages, ...processesMessages, ...rulesMessages, ...ruleFilesMessages, ...ruleCasesMessages,
  ...ruleTrialsMessages, ...ruleTableMessages, ...factWords, ...contentWords, ...substanceWords, ...verificationMessages,
  ...wardsMessages, ...licencesMessages,
};
export type MessageKey = keyof typeof messages;

/** The texts of one language, as i18next wants them. */
export function resourcesFor(locale: Locale): Record<string, string> {
  return Object.fromEntries(Object.entries(messages).map(([key, message]) => [key, message[locale]]));
}

/** True when `key` has a text; for keys built from values of the server. */
export function isMessageKey(key: string): key is MessageKey {
  return Object.hasOwn(messages, key);
}
