import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Command, CommanderError } from 'commander';
import { registerCheck } from './check.ts';
import { registerSimulate } from './simulate.ts';

const stuck = {
  format: 'careloop-process/1', key: 'stuck', version: '1', name: { 'zh-CN': '卡住', en: 'Stuck' },
  variables: [{ name: 'urgent', type: 'boolean', required: true, classification: 'operational' }],
  flowElements: [
    { id: 'start', type: 'startEvent' }, { id: 'choice', type: 'exclusiveGateway', default: 'f3' }, { id: 'a', type: 'serviceTask', activity: 'x.a' }, { id: 'b', type: 'serviceTask', activity: 'x.b' },
    { id: 'join', type: 'parallelGateway' }, { id: 'end', type: 'endEvent' },
  ],
  sequenceFlows: [
    { id: 'f1', sourceRef: 'start', targetRef: 'choice' }, { id: 'f2', sourceRef: 'choice', targetRef: 'a', condition: 'urgent' }, { id: 'f3', sourceRef: 'choice', targetRef: 'b' },
    { id: 'f4', sourceRef: 'a', targetRef: 'join' }, { id: 'f5', sourceRef: 'b', targetRef: 'join' }, { id: 'f6', sourceRef: 'join', targetRef: 'end' },
  ],
};
const sound = { ...stuck, key: 'sound', flowElements: stuck.flowElements.map((element) => (element.id === 'join' ? { id: 'join', type: 'exclusiveGateway' } : element)) };
let folder: string;
let stdout: string;
let stderr: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'careloop-check-'));
  [stdout, stderr] = ['', ''];
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    stdout += String(text);
    return true;
  });
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    stderr += String(text);
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
  writeFileSync(file, JSON.stringify(content));
  return file;
}

async function careloop(...args: readonly string[]): Promise<number> {
  const program = new Command('careloop').exitOverride().configureOutput({ writeErr: () => undefined });
  for (const register of [registerCheck, registerSimulate]) register(program);
  for (const command of program.commands) command.exitOverride().configureOutput({ writeErr: () => undefined });
  try {
    await program.parseAsync(['node', 'careloop', ...args]);
  } catch (error) {
    if (error instanceof CommanderError) return 2;
    throw error;
  }
  return Number(process.exitCode ?? 0);
}

describe('careloop check', () => {
  it('prints the way to a deadlock and a script that the simulator plays', async () => {
    const file = write('stuck/process.json', stuck);

    const exitCode = await careloop('check', join(folder, 'stuck'), '--json');
    const document = JSON.parse(stdout) as { ok: boolean; findings: { code: string; trace: string[]; script: unknown }[] };
    const script = write('script.json', document.findings[0]?.script);
    process.exitCode = undefined;
    const played = await careloop('simulate', file, '--script', script, '--json');

    expect(exitCode).toBe(1);
    expect(document).toMatchObject({ ok: false, findings: [{ code: 'DEADLOCK', elementId: 'join', severity: 'error', trace: ['start', 'choice', 'a', 'join'] }] });
    expect(played).toBe(0);
  });

  it('groups what people read by element, with the path', async () => {
    await careloop('check', write('process.json', stuck));

    expect(stdout).toMatch(/^join\n {2}error DEADLOCK: Expected .*\n {4}路径 \/ path: start → choice → a → join\n/);
    expect(stdout).toMatch(/1 个错误 \/ error\(s\)\n$/);
  });

  it('checks every process of a folder', async () => {
    write('one/process.json', sound);
    write('two/process.json', stuck);

    const exitCode = await careloop('check', folder, '--json');

    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, processes: [{ ok: true, findings: [] }, { ok: false }] });
  });

  it('knows the processes in the folders beside, which one may call', async () => {
    const flows = (...ids: readonly string[]) => ids.slice(1).map((targetRef, index) => ({ id: `f${index}`, sourceRef: ids[index], targetRef }));
    write('dispensing/process.json', { ...sound, key: 'dispensing', variables: [], flowElements: [{ id: 'start', type: 'startEvent' }, { id: 'move', type: 'serviceTask', activity: 'robot.pick' }, { id: 'end', type: 'endEvent' }], sequenceFlows: flows('start', 'move', 'end') });
    write('broken/process.json', 'no process');
    write('ward/process.json', { ...sound, key: 'ward', variables: [], flowElements: [{ id: 'start', type: 'startEvent' }, { id: 'call', type: 'callActivity', calledElement: 'dispensing', inputs: [], outputs: [] }, { id: 'back', type: 'endEvent', event: { kind: 'compensation' } }], sequenceFlows: flows('start', 'call', 'back') });

    await careloop('check', join(folder, 'ward'), '--json');

    expect(JSON.parse(stdout)).toMatchObject({ ok: true, findings: [{ code: 'CALL_NOT_UNDOABLE', severity: 'warning', elementId: 'call', message: expect.stringContaining('dispensing/move') as unknown }] });
  });

  it('checks rule sets, alone and in the folders of a library', async () => {
    const text = { 'zh-CN': '血钾', en: 'Potassium' };
    const ruleSet = { format: 'careloop-rules/1', key: 'k', version: '1', name: text, domain: 'pharmacy', inputs: [{ name: 'potassium', type: 'number', required: true }], outputs: [], rules: [] };
    const rule = { id: 'high', name: text, level: 'HARD', conditions: { all: [{ fact: 'kalium', operator: 'greaterThan', value: 5.5 }] }, event: { type: 'k' }, message: text, source: { grade: 'A', reference: 'label', mark: 'S' } };
    const good = write('good/rule-set.json', ruleSet);
    write('wrong/rule-set.json', { ...ruleSet, rules: [rule] });

    expect(await careloop('check', good, '--json')).toBe(0);
    stdout = '';
    expect(await careloop('check', folder, '--json')).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, processes: [{ ok: true, findings: [] }, { ok: false, findings: [{ code: 'FACT_UNDECLARED', severity: 'error', path: 'rules.0.conditions.all.0.fact' }] }] });
  });

  it('lets warnings pass', async () => {
    const exitCode = await careloop('check', write('process.json', { ...sound, variables: [...sound.variables, { name: 'spare', type: 'number', classification: 'operational' }] }), '--json');

    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, findings: [{ code: 'VARIABLE_UNUSED', severity: 'warning' }] });
  });

  it('says how far it got with a small budget', async () => {
    const exitCode = await careloop('check', write('process.json', sound), '--states', '2', '--json');

    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ findings: [{ code: 'EXPLORATION_LIMIT', severity: 'info' }] });
    expect(stderr).toBe('');
  });

  it.each([
    ['a path that does not exist', () => ['check', join(folder, 'nowhere')]],
    ['a folder without processes', () => ['check', folder]],
    ['a budget that is no number', () => ['check', write('process.json', sound), '--states', 'many']],
  ])('exits with 2 for %s', async (_what, args) => {
    expect(await careloop(...args())).toBe(2);
  });
});
