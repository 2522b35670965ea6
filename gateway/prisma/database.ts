import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from './generated/client.ts';
import { createStatementNames } from './statement-names.ts';

/** One process's access to PostgreSQL: Prisma for queries, the pool below it for set-based SQL and LISTEN. */
export interface Database {
  readonly prisma: PrismaClient;
  readonly pool: pg.Pool;
  /** A connection beside the pool, for a read that lasts: the pool may be as small as what everybody else needs. Whoever asks ends it. */
  connectBeside(): Promise<pg.Client>;
  close(): Promise<void>;
}

/** Opens a pool of at most `poolSize` connections to `url`; nothing connects before the first query. */
export function createDatabase(url: string, poolSize = 10): Database {
  const pool = new pg.Pool({ connectionString: url, max: poolSize, application_name: 'careloop' });
  // A broken idle connection is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined);
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool, { statementNameGenerator: createStatementNames() }) });
  return {
    prisma,
    pool,
    async connectBeside() {
      const client = new pg.Client({ connectionString: url, application_name: 'careloop long read' });
      // A lost connection rejects the query that waits; without a listener it would end the process.
      client.on('error', () => undefined);
      await client.connect();
      return client;
    },
    close: async () => {
      await prisma.$disconnect();
      await pool.end().catch(() => undefined);
    },
  };
}
