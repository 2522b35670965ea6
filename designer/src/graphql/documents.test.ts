import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, parse, print, validate, type DocumentNode } from 'graphql';
import * as alerts from '../alerts/documents.ts';
import * as audit from '../audit/documents.ts';
import * as bedside from '../bedside/documents.ts';
import * as decisions from '../decisions/documents.ts';
import * as instances from '../instances/documents.ts';
import * as migrate from '../operate/migrate/documents.ts';
import * as operate from '../operate/documents.ts';
import * as patientAccess from '../patient-access/documents.ts';
import * as policy from '../policy/documents.ts';
import * as processes from '../processes/documents.ts';
import * as ruleCommands from '../rules/commands.ts';
import * as backtests from '../rules/backtest/documents.ts';
import * as rules from '../rules/documents.ts';
import * as ruleFiles from '../rules/files/documents.ts';
import * as shadows from '../rules/shadow/documents.ts';
import * as ruleStatistics from '../rules/statistics/documents.ts';
import * as ruleCases from '../rules/test-bench/documents.ts';
import * as session from '../session/documents.ts';
import * as tasks from '../tasks/documents.ts';

const schema = buildSchema(readFileSync(join(import.meta.dirname, '../../../gateway/graphql/schema.graphql'), 'utf8'));
const features = { alerts, audit, backtests, bedside, decisions, instances, migrate, operate, patientAccess, policy, processes, ruleCases, ruleCommands, ruleFiles, rules, ruleStatistics, session, shadows, tasks };
const documents = Object.entries(features).flatMap(([feature, exported]) => Object.entries(exported).map(([name, document]): [string, string] => [`${feature} ${name}`, typeof document === 'string' ? document : print(document as DocumentNode)]));

/** What `graphql-armor` counts at the gateway; a document that is longer is refused there. */
const maximumTokens = 4_000;

describe('the documents of the app', () => {
  it('are all here', () => {
    expect(documents.length).toBeGreaterThanOrEqual(19);
  });

  it.each(documents)('ask the gateway for what it has: %s', (_name, text) => {
    expect(validate(schema, parse(text)).map(({ message }) => message)).toEqual([]);
  });

  it.each(documents)('stay within the gateway’s limit of length: %s', (_name, text) => {
    expect(text.split(/[^A-Za-z_0-9$"]+/).filter((word) => word !== '').length).toBeLessThan(maximumTokens / 3);
  });
});
