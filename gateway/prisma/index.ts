/** The database: Prisma client, connection pool and migrations. The only place that knows `DATABASE_URL`. */
export { createDatabase, type Database } from './database.ts';
export { Prisma, type PrismaClient } from './generated/client.ts';
export { literalPattern } from './literal-pattern.ts';
export { createListener } from './listener.ts';
export { listMigrations, migrate, MigrationError, type Migration } from './migrate.ts';
