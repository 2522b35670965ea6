import type { Database } from '#database';
import { createAllotChild, createEndChild } from './call-child.ts';
import { createEvaluateRules } from './evaluate-rules.ts';
import { createExecuteService } from './execute-service.ts';
import type { ProcessActivities } from './process-activities.ts';
import type { KeyStore } from './record/key-store.ts';
import { createRecordInstance } from './record-instance.ts';
import { createDecider, type DeciderOptions } from './rules/decide.ts';
import { createSendMessage } from './send-message.ts';
import type { ActivitySettings, AnyServiceActivity } from './service-activity.ts';

export interface ActivityDependencies extends DeciderOptions {
  readonly database: Database;
  readonly keys: KeyStore;
  readonly settings: ActivitySettings;
  readonly services: readonly AnyServiceActivity[];
  /** The secret with which gateways sign claims. */
  readonly claimsSecret: Buffer;
}

/** The activities that a worker registers. */
export function createActivities({ database, keys, settings, services, claimsSecret, ...options }: ActivityDependencies): ProcessActivities {
  return {
    executeService: createExecuteService({ database, settings, services }),
    nextTask: async () => undefined,
    evaluateRules: createEvaluateRules(database, createDecider(database, options)),
    recordInstance: createRecordInstance({ database, keys, claimsSecret }),
    sendMessage: createSendMessage(database),
    allotChild: createAllotChild(database, claimsSecret),
    endChild: createEndChild(database, keys),
  };
}
