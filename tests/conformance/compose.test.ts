import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const text = readFileSync(new URL('../../docker-compose.yml', import.meta.url), 'utf8');
const serviceSchema = z.object({
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).optional(),
  healthcheck: z.object({ test: z.array(z.string()).min(2) }).optional(),
  restart: z.string(),
});
const compose = z.object({ services: z.record(z.string(), serviceSchema), secrets: z.record(z.string(), z.object({ file: z.string() })) }).parse(parse(text, { merge: true }));
const isOneShot = (name: string) => name === 'migrate';

describe('docker-compose.yml', () => {
  it('runs both servers, a one-shot migration, gateway and workers', () => {
    expect(Object.keys(compose.services).sort()).toEqual(['gateway', 'migrate', 'postgres', 'temporal', 'worker']);
  });

  it('has no default secret: each stops the start when it is not given', () => {
    const variables = [...text.matchAll(/\$\{(\w+)([^}]*)\}/g)].map(([, name = '', rest = '']) => ({ name, rest }));
    const secrets = variables.filter(({ name }) => /PASSWORD|SECRET/.test(name));

    expect(new Set(secrets.map(({ name }) => name))).toEqual(new Set(['POSTGRES_PASSWORD', 'CARELOOP_APP_PASSWORD', 'TEMPORAL_DB_PASSWORD', 'CARELOOP_SECRETS_FILE']));
    expect(secrets.filter(({ rest }) => !rest.startsWith(':?'))).toEqual([]);
  });

  it.each(Object.keys(compose.services).filter((name) => !isOneShot(name)))('checks the health of %s', (name) => {
    expect(compose.services[name]?.healthcheck).toBeDefined();
  });

  it('starts gateway and workers only once the migration is done, and gives the owner\'s password to the migration alone', () => {
    for (const name of ['gateway', 'worker']) {
      expect(compose.services[name]?.depends_on).toEqual({ migrate: { condition: 'service_completed_successfully' }, temporal: { condition: 'service_healthy' } });
      expect(compose.services[name]?.environment).not.toHaveProperty('CARELOOP_OWNER_DATABASE_URL');
    }
    expect(compose.services['migrate']?.environment).toHaveProperty('CARELOOP_OWNER_DATABASE_URL');
  });

  it('hands on every setting of the documentation but what it sets itself, what is of one machine, and what names a file to mount', () => {
    const documented = [...readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8').matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, names = '']) => [...names.matchAll(/`([A-Z_]+)`/g)].map(([, name = '']) => name));
    const ofOneMachine = ['PORT', 'CARELOOP_MLLP_PORT', 'CARELOOP_SIMULATOR_CONTROL_PORT', 'CARELOOP_DATA', 'CARELOOP_CACHE', 'TEMPORAL_CLI', 'TEMPORAL_TEST_SERVER', 'TEMPORAL_TASK_QUEUE', 'CARELOOP_OWNER_DATABASE_URL'];
    const files = ['CARELOOP_TLS_CERT_FILE', 'CARELOOP_TLS_KEY_FILE', 'CARELOOP_TLS_CLIENT_CA_FILE', 'CARELOOP_TLS_PORT', 'CARELOOP_SIGN_ON_FILE', 'CARELOOP_BREACHED_PASSWORDS_FILE'];

    expect(documented.length).toBeGreaterThan(30);
    for (const name of ['gateway', 'worker']) expect(documented.filter((setting) => ![...ofOneMachine, ...files].includes(setting) && !(setting in (compose.services[name]?.environment ?? {})))).toEqual([]);
  });

  it('names only commands that exist', () => {
    const main = readFileSync(new URL('../../cli/commands/parts.ts', import.meta.url), 'utf8');
    const commands = Object.values(compose.services).flatMap((service) => service.command ?? []);

    expect(commands).toEqual(['migrate', '--publish', 'gateway', 'worker']);
    for (const command of ['gateway', 'worker']) expect(main).toContain(`name: '${command}'`);
  });
});
