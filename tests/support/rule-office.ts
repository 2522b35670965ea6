import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { RuleSetDocument } from '#rules';
import type { CommandService } from '../../gateway/commands/index.ts';
import { publishProcess } from '../../gateway/processes/index.ts';
import { startTestDatabase, type TestDatabase } from './index.ts';
import { startGateway, type As, type GraphqlAnswer, type RunningGateway } from './running-gateway.ts';

/** Carries out a named mutation whose field is called `result`; throws what is no expected answer. */
export type Acts<Name extends string> = (as: As, name: Name, input: Readonly<Record<string, unknown>>) => Promise<GraphqlAnswer['data']>;

/** A gateway with the rule sets of the order loop, and the people who change them. */
export interface RuleOffice {
  readonly server: TestDatabase;
  readonly gateway: RunningGateway;
  readonly pharmacist: As;
  readonly second: As;
  readonly owner: As;
  /** The published version 1. */
  readonly original: RuleSetDocument;
  actsOf<Name extends string>(documents: Readonly<Record<Name, string>>): Acts<Name>;
  revisionOf(key: string): Promise<number>;
  close(): Promise<void>;
}

/** The folder of the order loop, whose rule sets are published. */
export const orderLoopFolder = fileURLToPath(new URL('../../processes/inpatient-order-loop', import.meta.url));

export async function startRuleOffice(key: string): Promise<RuleOffice> {
  const server = await startTestDatabase();
  const gateway = await startGateway({ databaseUrl: server.url, commands: {} as CommandService });
  await publishProcess(gateway.database, orderLoopFolder);
  const [pharmacist, second, owner] = [await gateway.signIn('pharmacist'), await gateway.signIn('pharmacist-2'), await gateway.signIn('process-owner')];
  const row = await gateway.database.prisma.ruleSetVersion.findUniqueOrThrow({ where: { key_version: { key, version: '1' } } });
  return {
    server, gateway, pharmacist, second, owner,
    original: row.document as unknown as RuleSetDocument,
    actsOf: (documents) => async (as, name, input) => {
      const { data, errors } = await gateway.graphql(as, documents[name], { input: { idempotencyKey: randomUUID(), ...input } });
      if (errors) throw new Error(JSON.stringify(errors));
      return data.result;
    },
    revisionOf: async (of) => (await gateway.graphql(pharmacist, 'query ($key: String!) { ruleSet(key: $key) { revision } }', { key: of })).data.ruleSet.revision,
    async close() {
      await gateway.close();
      await server.stop();
    },
  };
}
