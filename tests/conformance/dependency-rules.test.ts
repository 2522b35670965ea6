import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';

const root = fileURLToPath(new URL('../..', import.meta.url));

// Each case runs the tool itself, on a machine that is busy with other tests.
const slowMs = 60_000;

describe('dependency rules', () => {
  /** Cruises a product that consists of these files only. */
  const cruise = (files: Readonly<Record<string, string>>) => {
    const folder = mkdtempSync(join(tmpdir(), 'careloop-planted-'));
    try {
      for (const file of ['package.json', 'tsconfig.json', '.dependency-cruiser.cjs']) copyFileSync(join(root, file), join(folder, file));
      for (const [path, content] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), content);
      }
      const folders = [...new Set(Object.keys(files).map((path) => path.split('/')[0] ?? ''))];
      const result = spawnSync(process.execPath, [join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'), '--config', '.dependency-cruiser.cjs', ...folders], { cwd: folder, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } });
      return { exitCode: result.status, output: result.stdout + result.stderr };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };

  it('accept imports in the allowed direction', () => {
    const { exitCode, output } = cruise({
      'rules/index.ts': 'export const rule = 1;\n',
      'engine/index.ts': "import { rule } from '#rules';\nexport const engine = rule;\n",
      'workflows/shell.ts': "import { engine } from '#engine';\nexport const shell = engine;\n",
    });

    expect(output).toContain('no dependency violations found');
    expect(exitCode).toBe(0);
  }, slowMs);

  const around = { 'engine/index.ts': 'export const engine = 1;\n', 'engine/step.ts': 'export const step = 1;\n', 'gateway/index.ts': 'export const gateway = 1;\n', 'activities/index.ts': 'export const act = 1;\n', 'rules/b.ts': "import { a } from './a.ts';\nexport const b = () => a;\n" };
  const planted: readonly (readonly [rule: string, path: string, content: string])[] = [
    ['rules-imports', 'rules/planted.ts', "import { engine } from '#engine';\nexport const rule = engine;\n"],
    ['simulators-imports', 'simulators/planted.ts', "import { engine } from '#engine';\nexport const his = engine;\n"],
    ['designer-imports', 'designer/planted.ts', "import { gateway } from '../gateway/index.ts';\nexport const page = gateway;\n"],
    ['workflows-import-activity-types-only', 'workflows/planted.ts', "import { act } from '#activities';\nexport const shell = act;\n"],
    ['folders-through-their-index', 'cli/planted.ts', "import { step } from '../engine/step.ts';\nexport const command = step;\n"],
    ['json-rules-engine-in-its-place', 'rules/planted-engine.ts', "import { Engine } from 'json-rules-engine';\nexport const engine = new Engine();\n"],
    ['one-way-out', 'gateway/planted.ts', "import { request } from 'undici';\nexport const ask = request;\n"],
    ['no-circular', 'rules/a.ts', "import { b } from './b.ts';\nexport const a = () => b;\n"],
  ];
  let found: ReturnType<typeof cruise>;
  // One run for all: each is named with its file.
  beforeAll(() => {
    found = cruise({ ...around, ...Object.fromEntries(planted.map(([, path, content]) => [path, content])) });
  }, slowMs);

  it.each(planted)('find a planted violation of %s', (rule, path) => {
    expect(found.output).toContain(`error ${rule}: ${path}`);
    expect(found.exitCode).not.toBe(0);
  });
});

describe('lint rules', () => {
  const eslint = new ESLint({ cwd: root });

  it.each([
    ['engine/planted.ts', 'export const now = () => Date.now();\n', 'no-restricted-globals'],
    ['gateway/planted.ts', "export * from './index.ts';\n", 'no-restricted-syntax'],
    ['cli/planted.ts', 'export const anything: any = 1;\n', '@typescript-eslint/no-explicit-any'],
    ['gateway/planted.ts', "export const ask = (address: string) => fetch(address);\n", 'no-restricted-globals'],
    ['activities/planted.ts', "import { get, createServer } from 'node:http';\nexport const [ask, serve] = [get, createServer];\n", 'no-restricted-imports'],
    ['gateway/planted.ts', "export const ask = (address: string) => globalThis.fetch(address);\n", 'no-restricted-properties'],
    ['rules/planted.ts', 'export const first = (list: number[]) => list[0]!;\n', '@typescript-eslint/no-non-null-assertion'],
  ])('find a planted violation in %s', async (filePath, code, rule) => {
    const [result] = await eslint.lintText(code, { filePath: join(root, filePath) });

    expect(result?.messages.map((message) => message.ruleId)).toContain(rule);
  }, slowMs);
});
