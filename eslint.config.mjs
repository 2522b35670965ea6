import tseslint from 'typescript-eslint';
import reactHooks from 'eslint-plugin-react-hooks';

const wayOut = 'Expected requests to the outside by gateway/outbound, but found another way.';

export default tseslint.config(
  { ignores: ['node_modules/', 'designer/dist/', 'gateway/prisma/generated/', '.careloop/', 'coverage/'] },
  ...tseslint.configs.strict,
  {
    files: ['**/*.ts', '**/*.tsx'],
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportAllDeclaration', message: 'Expected exports by name, but found "export *".' },
      ],
    },
  },
  {
    files: ['engine/**/*.ts', 'rules/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        { name: 'Date', message: 'Expected time from event.at, but found the wall clock.' },
        { name: 'setTimeout', message: 'Expected timers as commands, but found setTimeout.' },
      ],
    },
  },
  {
    // What goes out goes by gateway/outbound, which refuses ways into this machine and the hospital's network.
    files: ['gateway/**/*.ts', 'activities/**/*.ts'],
    ignores: ['**/*.test.ts', 'gateway/outbound/**'],
    rules: {
      'no-restricted-globals': ['error', ...['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'].map((name) => ({ name, message: wayOut }))],
      'no-restricted-properties': ['error', ...['globalThis', 'global', 'self'].map((object) => ({ object, property: 'fetch', message: wayOut }))],
      'no-restricted-imports': [
        'error',
        {
          paths: [
            { name: 'undici', message: wayOut },
            // Servers are made with these too.
            ...['http', 'node:http', 'https', 'node:https', 'http2', 'node:http2'].map((name) => ({ name, importNames: ['default', 'request', 'get', 'connect', 'ClientRequest', 'Agent', 'globalAgent'], message: wayOut })),
          ],
        },
      ],
    },
  },
  {
    files: ['designer/**/*.tsx'],
    plugins: { 'react-hooks': reactHooks },
    rules: reactHooks.configs.recommended.rules,
  },
);
