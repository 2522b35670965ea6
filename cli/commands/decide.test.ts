import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import type { RuleSetDocument } from '#rules';
import { registerDecide } from './decide.ts';

const text = { 'zh-CN': '血钾过高', en: 'Potassium is high' };
const document: RuleSetDocument = {
  format: 'careloop-rules/1',
  key: 'kcl',
  version: '2',
  name: text,
  domain: 'pharmacy',
  inputs: [{ name: 'potassium', type: 'number', required: true, maxAge: 'PT48H', whenMissing: { policy: 'stop' } }],
  outputs: [],
  rules: [
    { id: 'k-high', name: text, level: 'HARD', conditions: { all: [{ fact: 'potassium', operator: 'greaterThan', value: 5.5 }] }, event: { type: 'hold' }, message: text, source: { grade: 'A', reference: '说明书', mark: 'S' } },
    { id: 'k-raised', name: text, level: 'WARN', conditions: { all: [{ fact: 'potassium', operator: 'greaterThan', value: 5 }] }, event: { type: 'warn' }, message: text, source: { grade: 'A', reference: '说明书', mark: 'S' } },
  ],
};

describe('careloop decide', () => {
  let folder = '';
  let output = '';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'decide-'));
    writeFileSync(join(folder, 'kcl.json'), JSON.stringify(document));
    output = '';
    jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => ((output += String(chunk)), true));
    jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
  });
  afterEach(() => {
    jest.restoreAllMocks();
    rmSync(folder, { recursive: true });
    process.exitCode = 0;
  });

  const decide = async (...args: string[]): Promise<number> => {
    process.exitCode = 0;
    const program = new Command().exitOverride();
    registerDecide(program);
    try {
      await program.parseAsync(['decide', ...args], { from: 'user' });
    } catch (error) {
      // As the program does with wrong usage.
      if (error instanceof CommanderError) return 2;
      throw error;
    }
    return Number(process.exitCode);
  };
  const common = ['--at', '2026-11-23T08:00:00Z', '--observed-at', '{"potassium":"2026-11-23T07:00:00Z"}'];

  it.each([
    ['{"potassium":6.8}', 'HARD', 1],
    ['{"potassium":5.2}', 'WARN', 0],
    ['{"potassium":4}', 'PASS', 0],
    ['{}', 'UNKNOWN', 1],
    ['{"kalium":4}', 'UNKNOWN', 1],
  ])('judges %s as %s with exit code %d', async (facts, level, exitCode) => {
    expect(await decide(join(folder, 'kcl.json'), '--facts', facts, '--json', ...common)).toBe(exitCode);
    expect(JSON.parse(output)).toMatchObject({ ruleSet: 'kcl', version: '2', level });
  });

  it('reads facts from a file and shows reason, source and why other rules did not fire', async () => {
    writeFileSync(join(folder, 'facts.json'), '{"potassium":5.2}');

    await decide(join(folder, 'kcl.json'), '--facts', `@${join(folder, 'facts.json')}`, ...common);

    expect(output).toBe(
      [
        'kcl 2: WARN',
        '  WARN k-raised: 血钾过高 / Potassium is high',
        '    事实 / facts: potassium=5.2',
        '    依据 / source: 说明书 [A, S]',
        '未触发 / not fired:',
        '  k-high: potassium=5.2 greaterThan 5.5 → false',
        '',
      ].join('\n'),
    );
  });

  it('shows the outputs of a rule set that declares some', async () => {
    const [high] = document.rules;
    writeFileSync(join(folder, 'kcl.json'), JSON.stringify({ ...document, hitPolicy: 'first', outputs: [{ name: 'rate', type: 'number' }], rules: [{ ...high, event: { type: 'hold', params: { rate: { feel: 'potassium * 2' } } } }] }));

    await decide(join(folder, 'kcl.json'), '--facts', '{"potassium":6}', ...common);
    expect(output).toContain('\n  输出 / outputs: {"rate":12}\n');

    output = '';
    await decide(join(folder, 'kcl.json'), '--facts', '{"potassium":4}', ...common);
    expect(output).toContain('\n  输出 / outputs: 无 / none\n');
  });

  it('lists what is wrong with a rule set', async () => {
    writeFileSync(join(folder, 'kcl.json'), JSON.stringify({ ...document, inputs: [] }));

    expect(await decide(join(folder, 'kcl.json'), '--facts', '{}', '--json')).toBe(1);
    expect(JSON.parse(output)).toMatchObject({ failure: { code: 'RULE_SET_INVALID', findings: [{ code: 'FACT_UNDECLARED', ruleId: 'k-high' }, { ruleId: 'k-raised' }] } });
  });

  it.each<[string, string[], number, object]>([
    ['fires', ['--facts', '{"potassium":6}'], 0, { events: [{ type: 'hold', params: { until: 'checked' } }], failureEvents: [{ type: 'note' }], results: [{ name: 'high' }] }],
    ['fires the other', ['--facts', '{"potassium":4}'], 0, { events: [{ type: 'note' }] }],
    ['fails by the name of a fact', ['--facts', '{}'], 1, { failure: { code: 'FACT_UNDEFINED', fact: 'potassium' } }],
    ['takes an undefined fact where told to', ['--facts', '{}', '--allow-undefined-facts'], 0, { events: [{ type: 'note' }] }],
  ])('runs a document of json-rules-engine that %s', async (_what, args, exitCode, expected) => {
    const high = { all: [{ fact: 'potassium', operator: 'greaterThan', value: 5.5 }] };
    writeFileSync(join(folder, 'plain.json'), JSON.stringify([{ name: 'high', conditions: high, event: { type: 'hold', params: { until: 'checked' } } }, { conditions: { not: high.all[0] }, event: { type: 'note' } }]));

    expect(await decide(join(folder, 'plain.json'), ...args, '--json')).toBe(exitCode);
    expect(JSON.parse(output)).toMatchObject(expected);
    output = '';
    await decide(join(folder, 'plain.json'), ...args);
    expect(output).toMatch(/^(触发 \/ fired hold \(high\) \{"until":"checked"\}|触发 \/ fired note|未触发 \/ not fired|失败 \/ failure FACT_UNDEFINED)/);
  });

  it('lists what is wrong with a document of json-rules-engine, and takes no ages for one', async () => {
    writeFileSync(join(folder, 'plain.json'), JSON.stringify([{ conditions: { all: [{ fact: 'potassium', operator: 'above', value: 5.5 }] }, event: { type: 'hold' } }]));

    expect(await decide(join(folder, 'plain.json'), '--facts', '{}', '--json')).toBe(1);
    expect(JSON.parse(output)).toMatchObject({ failure: { findings: [{ path: 'rules.0.conditions.all.0.operator' }] } });
    expect(await decide(join(folder, 'plain.json'), '--facts', '{}', '--observed-at', '{}')).toBe(2);
  });

  it.each([[['missing.json', '--facts', '{}']], [['kcl.json']], [['kcl.json', '--facts', '{']], [['kcl.json', '--facts', '[1]']], [['kcl.json', '--facts', '@none']]])('refuses the usage %j', async ([file = '', ...rest]) => {
    expect(await decide(join(folder, file), ...rest)).toBe(2);
    expect(output).toBe('');
  });
});
