/** What tests on real servers begin with. */
export { startTestDatabase, type TestDatabase } from './test-database.ts';
export { testTemporal, testTimeSkipping, type TestTemporal } from './test-temporal.ts';
