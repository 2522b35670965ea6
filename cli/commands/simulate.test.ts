import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Command, CommanderError } from 'commander';
import { registerCheck } from './check.ts';
import { registerScenario } from './scenario.ts';
import { registerSimulate } from './simulate.ts';

const process_ = {
  format: 'careloop-process/1', key: 'tiny', version: '1', name: { 'zh-CN': '小', en: 'Tiny' },
  variables: [{ name: 'x', type: 'number', required: true, classification: 'operational' }],
  flowElements: [{ id: 'start', type: 'startEvent' }, { id: 'ask', type: 'serviceTask', activity: 'a.b', inputs: [{ target: 'x', source: 'x' }] }, { id: 'end', type: 'endEvent' }],
  sequenceFlows: [{ id: 'f1', sourceRef: 'start', targetRef: 'ask' }, { id: 'f2', sourceRef: 'ask', targetRef: 'end' }],
};
const scenario = { format: 'careloop-script/1', steps: [{ start: { variables: { x: 1 } } }, { answer: { element: 'ask' } }], expect: { status: 'completed' } };
let folder: string;
let stdout: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'careloop-cli-'));
  stdout = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    stdout += String(text);
    return true;
  });
});

afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
  process.exitCode = undefined;
});

function write(name: string, content: unknown): string {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

/** Runs a command and gives its exit code. */
async function careloop(...args: readonly string[]): Promise<number> {
  const program = new Command('careloop').exitOverride().configureOutput({ writeErr: () => undefined });
  for (const register of [registerSimulate, registerCheck, registerScenario]) register(program);
  for (const command of program.commands) command.exitOverride().configureOutput({ writeErr: () => undefined });
  try {
    await program.parseAsync(['node', 'careloop', ...args]);
  } catch (error) {
    if (error instanceof CommanderError) return 2;
    throw error;
  }
  return Number(process.exitCode ?? 0);
}

describe('careloop simulate', () => {
  it('prints one JSON document with status, path, variables, open tasks and incidents', async () => {
    const file = write('tiny/process.json', process_);

    const exitCode = await careloop('simulate', file, '--variables', '{"x": 1}', '--auto-services', '--json');

    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'completed', path: ['start', 'ask', 'end'], variables: { x: 1 }, openTasks: [], incidents: [] });
  });

  it('takes variables and script from files', async () => {
    write('tiny/process.json', process_);

    expect(await careloop('simulate', join(folder, 'tiny'), '--variables', `@${write('v.json', { x: 2 })}`, '--json')).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'running', waitingFor: [{ kind: 'service', element: 'ask', activity: 'a.b', input: { x: 2 } }] });

    stdout = '';
    expect(await careloop('simulate', join(folder, 'tiny'), '--script', write('s.json', { ...scenario, expect: { status: 'running' } }), '--json')).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'completed', expectationFailures: [expect.stringContaining('status')] });
  });

  it('exits with 1 and the findings for a definition that cannot run', async () => {
    const file = write('bad.json', { ...process_, sequenceFlows: [{ id: 'f1', sourceRef: 'start', targetRef: 'gone' }] });

    expect(await careloop('simulate', file, '--json')).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, findings: expect.arrayContaining([expect.objectContaining({ code: 'TARGET_NOT_FOUND', elementId: 'f1' })]) });
  });

  it('begins at the start event that is named', async () => {
    const file = write('two.json', { ...process_, flowElements: [...process_.flowElements, { id: 'late', type: 'startEvent' }], sequenceFlows: [...process_.sequenceFlows, { id: 'f3', sourceRef: 'late', targetRef: 'end' }] });

    expect(await careloop('simulate', file, '--variables', '{"x": 1}', '--start', 'late', '--json')).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'completed', path: ['late', 'end'] });

    stdout = '';
    expect(await careloop('simulate', file, '--variables', '{"x": 1}', '--json')).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'created', refused: [{ code: 'START_EVENT_NOT_NAMED', message: expect.stringContaining('start, late') }] });
  });

  it('exits with 1 when the start is refused', async () => {
    expect(await careloop('simulate', write('p.json', process_), '--variables', '{"x": "one"}', '--json')).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'created', refused: [{ code: 'VARIABLE_WRONG_TYPE' }] });
  });

  it.each([
    ['a file that is not there', ['simulate', 'gone.json']],
    ['no file', ['simulate']],
    ['variables that are no JSON', ['simulate', 'FILE', '--variables', '{x}']],
    ['variables that are a list', ['simulate', 'FILE', '--variables', '[1]']],
    ['a script that is none', ['simulate', 'FILE', '--script', 'FILE']],
    ['two starts', ['simulate', 'FILE', '--start', 'start', '--script', 'SCRIPT']],
  ])('exits with 2 for %s', async (_what, args) => {
    const file = write('p.json', process_);

    const script = write('s.json', scenario);

    expect(await careloop(...args.map((arg) => (arg === 'FILE' ? file : arg === 'SCRIPT' ? script : arg)))).toBe(2);
    expect(stdout).toBe('');
  });
});

describe('careloop check', () => {
  it('exits with 0 for a sound definition and 1 with the element or path for another', async () => {
    expect(await careloop('check', write('p.json', process_), '--json')).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ ok: true, findings: [] });

    stdout = '';
    expect(await careloop('check', write('bad.json', { ...process_, flowElements: [{ id: 'end', type: 'endEvent' }, { id: 'odd', type: 'scriptTask' }] }), '--json')).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, findings: [{ elementId: 'odd', path: '/flowElements/1/script' }] });
  });
});

describe('careloop scenario', () => {
  it('plays every scenario of a process folder', async () => {
    write('tiny/process.json', process_);
    write('tiny/scenarios/good.json', scenario);
    write('tiny/scenarios/wrong.json', { ...scenario, expect: { status: 'running' } });

    expect(await careloop('scenario', join(folder, 'tiny'), '--json')).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ passed: 1, failed: 1, scenarios: [{ passed: true }, { passed: false, failures: [expect.stringContaining('status')] }] });

    stdout = '';
    expect(await careloop('scenario', join(folder, 'tiny/scenarios/good.json'))).toBe(0);
    expect(stdout).toContain('1 passed, 0 failed');
  });

  it('exits with 2 when there are none', async () => {
    mkdirSync(join(folder, 'empty'));

    expect(await careloop('scenario', join(folder, 'empty'))).toBe(2);
  });
});
