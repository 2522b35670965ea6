import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { sharedServer } from './test-servers.ts';

/** A migrated, empty database of one's own. */
export interface TestDatabase {
  /** For the code under test: signs in as `careloop_app`, as in production. */
  readonly url: string;
  /** As the owner of the tables, for what a test itself must look at or break. */
  readonly ownerUrl: string;
  /** Drops the database, ending connections that are still open. */
  stop(): Promise<void>;
}

/** Makes a database from the migrated template, on the run's shared PostgreSQL, in some 50 ms. */
export async function startTestDatabase(): Promise<TestDatabase> {
  const server = await sharedServer('postgres');
  const name = `test_${randomBytes(8).toString('hex')}`;
  await administer(server.ownerUrl, `CREATE DATABASE ${name} TEMPLATE careloop_template`);
  return {
    url: server.url.replace(/[^/]*$/, name),
    ownerUrl: server.ownerUrl.replace(/[^/]*$/, name),
    stop: () => administer(server.ownerUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

async function administer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
