import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Command, CommanderError } from 'commander';
import { registerExport } from './export.ts';
import { registerImport } from './import.ts';

const bpmn = (inner: string): string => `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:acme="urn:acme">${inner}</definitions>`;
const good = '<process id="p"><startEvent id="s" acme:keep="me"/><endEvent id="e"/><sequenceFlow id="f" sourceRef="s" targetRef="e"/></process>';
const bad = '<process id="q"><startEvent id="s2"/><serviceTask id="t"/><sequenceFlow id="f2" sourceRef="s2" targetRef="t"/></process>';
let folder: string;
let stdout: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'careloop-cli-'));
  stdout = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    stdout += String(text);
    return true;
  });
  jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
});

afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
  process.exitCode = undefined;
});

function write(name: string, content: string): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

/** Runs a command and gives its exit code. */
async function careloop(...args: readonly string[]): Promise<number> {
  const program = new Command('careloop').exitOverride().configureOutput({ writeErr: () => undefined });
  for (const register of [registerImport, registerExport]) register(program);
  for (const command of program.commands) command.exitOverride().configureOutput({ writeErr: () => undefined });
  try {
    await program.parseAsync(['node', 'careloop', ...args]);
  } catch (error) {
    if (error instanceof CommanderError) return 2;
    throw error;
  }
  return Number(process.exitCode ?? 0);
}

describe('careloop import', () => {
  it('prints the executable form of every process as one JSON document', async () => {
    expect(await careloop('import', write('a.bpmn', bpmn(good)), '--json')).toBe(0);

    expect(JSON.parse(stdout)).toMatchObject({ ok: true, findings: [], processes: [{ id: 'p', definition: { key: 'p', flowElements: [{ id: 's' }, { id: 'e' }] }, findings: [] }] });
  });

  it('exits with 1 and says which element keeps a process from being executed', async () => {
    expect(await careloop('import', write('a.bpmn', bpmn(good + bad)))).toBe(1);

    expect(stdout).toContain('p: 可执行 / executable, 2 elements');
    expect(stdout).toContain('error t ACTIVITY_MISSING: Expected service task t');
  });

  it('takes one process when it is named', async () => {
    expect(await careloop('import', write('a.bpmn', bpmn(good + bad)), '--process', 'p', '--json')).toBe(0);

    expect(JSON.parse(stdout)).toMatchObject({ processes: [{ id: 'p' }] });
  });

  it('exits with 1 and the place for a file that is no BPMN', async () => {
    expect(await careloop('import', write('a.bpmn', '<a>'), '--json')).toBe(1);

    expect(JSON.parse(stdout)).toMatchObject({ ok: false, processes: [], findings: [{ code: 'XML_MALFORMED', path: 'line 1, column 3' }] });
  });

  it('goes by what the file is, whatever it is called', async () => {
    const dmn = '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="m" name="m" namespace="urn:m"><decision id="a" name="Dosing"><variable name="Dosing"/><literalExpression><text>1</text></literalExpression></decision></definitions>';

    expect(await careloop('import', write('a.dmn', bpmn(good)), '--json')).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ processes: [{ id: 'p' }] });
    stdout = '';
    expect(await careloop('import', write('b.xml', dmn))).toBe(0);
    expect(stdout).toContain('Dosing: 可执行 / executable');
    stdout = '';
    for (const content of ['PK\u0003\u0004\u0014\u0000\u0000\u0000', '%PDF-1.7', '<svg xmlns="http://www.w3.org/2000/svg"/>', '']) expect(await careloop('import', write('c.bpmn', content))).toBe(2);
    expect(stdout).toBe('');
  });

  it.each([
    ['a file that is not there', ['import', 'gone.bpmn']],
    ['no file', ['import']],
    ['a process that is not in the file', ['import', 'FILE', '--process', 'z']],
    ['a source of an export that is no BPMN', ['export', 'DEFINITION', '--bpmn', 'DEFINITION']],
  ])('exits with 2 for %s', async (_what, args) => {
    const file = write('a.bpmn', bpmn(good));
    const definition = write('d.json', '{"format":"careloop-process/1","key":"k","version":"1","name":{"zh-CN":"","en":""},"variables":[],"flowElements":[{"id":"a","type":"task"}],"sequenceFlows":[]}');

    expect(await careloop(...args.map((arg) => (arg === 'FILE' ? file : arg === 'DEFINITION' ? definition : arg)))).toBe(2);
    expect(stdout).toBe('');
  });
});

describe('careloop export', () => {
  it('gives back what was imported into a folder, foreign attributes included', async () => {
    await careloop('import', write('a.bpmn', bpmn(good)), '--out', folder);
    stdout = '';

    expect(await careloop('export', join(folder, 'p'))).toBe(0);

    expect(stdout).toContain('<startEvent id="s" acme:keep="me"/>');
  });

  it('writes a file, laid out anew without the BPMN it came from', async () => {
    await careloop('import', write('a.bpmn', bpmn(good)), '--out', folder);
    rmSync(join(folder, 'p', 'process.bpmn'));

    expect(await careloop('export', join(folder, 'p', 'process.json'), '--out', join(folder, 'b.bpmn'))).toBe(0);

    expect(readFileSync(join(folder, 'b.bpmn'), 'utf8')).toContain('<bpmndi:BPMNShape id="s_shape" bpmnElement="s">');
    expect(readFileSync(join(folder, 'b.bpmn'), 'utf8')).not.toContain('acme');
  });

  it('exits with 1 for a definition that is none', async () => {
    expect(await careloop('export', write('d.json', '{}'), '--out', join(folder, 'b.bpmn'))).toBe(1);
    expect(existsSync(join(folder, 'b.bpmn'))).toBe(false);
  });
});
