import { decryptEntryPayload } from './audit/index.ts';
import { createCheckOrder } from './check-order.ts';
import type { createSignIn } from './create-sign-in.ts';
import type { GatewayOptions } from './gateway-options.ts';
import type { GatewayServices } from './graphql/context.ts';
import { createClientAdministration } from './identity/clients/index.ts';
import { createDraftKeys } from './identity/index.ts';
import { createModelChecker } from './model-check/index.ts';
import { createPatientAccess } from './patient-access/index.ts';
import { createPeopleService } from './people/index.ts';
import { createRuleSetFiles } from './rule-set-files/index.ts';
import { createRuleSetLife } from './rule-sets/index.ts';

/** What every door works with, and how the parts with a thread of their own end. */
export function createServices(options: GatewayOptions, { signIn, recordFact }: { readonly signIn: ReturnType<typeof createSignIn>; readonly recordFact: GatewayServices['recordFact'] }): { readonly services: GatewayServices; readonly close: () => Promise<void> } {
  const { database, commands, keys, decider, logger } = options;
  const modelChecker = createModelChecker();
  const ruleSetFiles = createRuleSetFiles();
  const ruleSetLife = createRuleSetLife({ database, keys, logger });
  return {
    services: {
      database, commands, decider, ruleSetLife, modelChecker, ruleSetFiles, recordFact, logger,
      checkOrder: createCheckOrder(database, decider),
      patientAccess: createPatientAccess({ database, keys, emergencyAccessMinutes: options.emergencyAccessMinutes }),
      peopleService: createPeopleService({ database, keys }),
      sessions: signIn.sessions,
      signInGuard: signIn.guard,
      recovery: signIn.recovery,
      identityLinks: signIn.identityLinks,
      clientAdministration: createClientAdministration(database, keys),
      draftKeyOf: createDraftKeys(options.masterKey),
      openPayload: (entry) => decryptEntryPayload(keys, entry),
    },
    async close() {
      await modelChecker.close();
      await ruleSetFiles.close();
      await ruleSetLife.close();
    },
  };
}
