/**
 * One jest configuration with a project for each kind of test, so that `npm test` can run the quick
 * ones beside each other and the ones that start servers one at a time.
 */
const base = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', tsx: true },
          target: 'es2022',
          transform: { react: { runtime: 'automatic' } },
        },
        module: { type: 'es6' },
      },
    ],
  },
  modulePathIgnorePatterns: ['<rootDir>/.careloop/', '<rootDir>/designer/dist/'],
};

// The servers that tests share belong to this process and end with it (tests/support/README.md).
process.env.CARELOOP_TEST_OWNER ??= String(process.pid);

export default {
  projects: [
    { ...base, displayName: 'unit', testMatch: ['<rootDir>/**/*.test.ts', '<rootDir>/**/*.test.tsx'], testPathIgnorePatterns: ['/node_modules/', '<rootDir>/tests/'] },
    { ...base, displayName: 'conformance', testMatch: ['<rootDir>/tests/conformance/**/*.test.ts'] },
    { ...base, displayName: 'integration', testMatch: ['<rootDir>/tests/integration/**/*.test.ts', '<rootDir>/tests/faults/**/*.test.ts', '<rootDir>/tests/replay/**/*.test.ts'] },
    { ...base, displayName: 'e2e', testMatch: ['<rootDir>/tests/e2e/**/*.test.ts'] },
  ],
};
