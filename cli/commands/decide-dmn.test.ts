import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Command, CommanderError } from 'commander';
import { registerDecide } from './decide.ts';
import { registerExport } from './export.ts';
import { registerImport } from './import.ts';

const dmn = `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="m" name="m" namespace="urn:m" xmlns:acme="urn:acme" acme:keep="me">
  <inputData id="i" name="Body weight"><variable name="Body weight" typeRef="number"/></inputData>
  <decision id="d" name="Dose"><variable name="Dose" typeRef="number"/><informationRequirement><requiredInput href="#i"/></informationRequirement>
    <decisionTable><input><inputExpression typeRef="number"><text>Body weight</text></inputExpression></input><output/>
      <rule><inputEntry><text>&lt; 20</text></inputEntry><outputEntry><text>Body weight * 15</text></outputEntry></rule>
      <rule><inputEntry><text>&gt;= 20</text></inputEntry><outputEntry><text>500</text></outputEntry></rule>
    </decisionTable></decision>
  <decision id="e" name="Year"><variable name="Year"/><literalExpression><text>today().year</text></literalExpression></decision>
  INNER
</definitions>`;

describe('careloop on DMN files', () => {
  let folder = '';
  let output = '';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'decide-dmn-'));
    output = '';
    jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => ((output += String(chunk)), true));
    jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
  });
  afterEach(() => {
    jest.restoreAllMocks();
    rmSync(folder, { recursive: true });
    process.exitCode = undefined;
  });

  const write = (name: string, inner = ''): string => {
    writeFileSync(join(folder, name), dmn.replace('INNER', inner));
    return join(folder, name);
  };
  const careloop = async (...args: readonly string[]): Promise<number> => {
    process.exitCode = 0;
    const program = new Command('careloop').exitOverride();
    for (const register of [registerDecide, registerImport, registerExport]) register(program);
    for (const command of program.commands) command.exitOverride().configureOutput({ writeErr: () => undefined });
    try {
      await program.parseAsync(args, { from: 'user' });
    } catch (error) {
      // As the program does with wrong usage.
      if (error instanceof CommanderError) return 2;
      throw error;
    }
    return Number(process.exitCode);
  };

  it('evaluates a decision and says which row fired', async () => {
    const file = write('dose.dmn');

    expect(await careloop('decide', file, '--decision', 'Dose', '--facts', '{"Body weight":12}', '--json')).toBe(0);
    expect(JSON.parse(output)).toMatchObject({ decision: 'Dose', value: 180, values: { Dose: 180 }, fired: [{ elementId: 'd', rows: [{ row: 1 }] }], errors: [], warnings: [] });

    output = '';
    expect(await careloop('decide', file, '--decision', 'Dose', '--facts', '{"Body weight":40}')).toBe(0);
    expect(output).toBe('Dose: 500\n  命中的行 / rows that fired d: 2\n');
  });

  it('gives exit code 1 and the fact that does not fit', async () => {
    expect(await careloop('decide', write('dose.dmn'), '--decision', 'Dose', '--facts', '{"Body weight":"heavy"}', '--json')).toBe(1);
    expect(JSON.parse(output)).toMatchObject({ value: null, errors: [{ code: 'INPUT_INVALID', message: expect.stringContaining('Body weight') }] });
  });

  it('takes the time from --at', async () => {
    await careloop('decide', write('dose.dmn'), '--decision', 'Year', '--facts', '{}', '--at', '2031-12-31T20:00:00Z', '--zone', '+08:00', '--json');

    expect(JSON.parse(output)).toMatchObject({ value: 2032 });
  });

  it.each([[['--facts', '{}']], [['--decision', 'Dosis', '--facts', '{}']], [['--decision', 'Dose', '--facts', '[]']], [['--decision', 'Dose', '--facts', '{']], [['--decision', 'Year', '--facts', '{}', '--at', 'now']]])('refuses the usage %j', async (args) => {
    expect(await careloop('decide', write('dose.dmn'), ...args)).toBe(2);
    expect(output).toBe('');
  });

  it('imports a file, names what cannot be executed, and exports it with what is foreign', async () => {
    const file = write('dose.dmn', '<decision id="x" name="Bad"><variable name="Bad"/><literalExpression><text>1 +</text></literalExpression></decision>');

    expect(await careloop('import', file, '--out', join(folder, 'out'))).toBe(1);
    expect(output).toContain('error x FEEL_SYNTAX');
    expect(output).toContain('Dose: 可执行 / executable\nYear: 可执行 / executable\nBad: 不可执行 / not executable');

    const json = join(folder, 'out/dose.decisions.json');
    expect(await careloop('decide', json, '--decision', 'Dose', '--facts', '{"Body weight":10}')).toBe(0);
    expect(await careloop('export', json, '--dmn', join(folder, 'out/dose.dmn'), '--out', join(folder, 'again.dmn'))).toBe(0);
    const xml = readFileSync(join(folder, 'again.dmn'), 'utf8');
    expect(xml).toContain('acme:keep="me"');
    expect(xml).toContain('xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/"');
  });

  it('reads decision tables as rule sets, names what stays a decision model, and writes rule sets back into their file', async () => {
    const file = write('dose.dmn');

    expect(await careloop('import', file, '--out', join(folder, 'out'))).toBe(0);
    expect(output).toContain('Dose: 规则集 / rule set d, 2\n  warning d TABLE_OF_OTHERS');
    expect(output).toContain('Year: 仍为决策模型 / stays a decision model\n  NO_DECISION_TABLE: Expected a decision table, but the logic is a literal\n');

    output = '';
    const ruleSet = join(folder, 'out/d.rules.json');
    expect(await careloop('decide', ruleSet, '--facts', '{"Body_weight":12}', '--json')).toBe(0);
    expect(JSON.parse(output)).toMatchObject({ outputs: { Dose: 180 } });

    expect(await careloop('export', ruleSet, '--dmn', file, '--out', join(folder, 'again.dmn'))).toBe(0);
    expect(readFileSync(join(folder, 'again.dmn'), 'utf8')).toContain('acme:keep="me"');
    output = '';
    expect(await careloop('import', join(folder, 'again.dmn'), '--json')).toBe(0);
    expect(JSON.parse(output)).toMatchObject({ ruleSets: [{ decision: 'Dose', findings: [], ruleSet: JSON.parse(readFileSync(ruleSet, 'utf8')) }], remaining: [{ decision: 'Year' }] });

    output = '';
    expect(await careloop('export', ruleSet, '--dmn')).toBe(0);
    expect(output).toContain('<decisionTable hitPolicy="UNIQUE">');
  });

  it('says what is wrong with a rule set that is exported', async () => {
    writeFileSync(join(folder, 'bad.rules.json'), '{"format":"careloop-rules/1"}');
    const said: string[] = [];
    jest.spyOn(process.stderr, 'write').mockImplementation((chunk) => (said.push(String(chunk)), true));

    expect(await careloop('export', join(folder, 'bad.rules.json'), '--dmn')).toBe(1);
    expect(said.join('')).toContain('error key DOCUMENT_INVALID');
    expect(await careloop('export', join(folder, 'none.rules.json'), '--dmn')).toBe(2);
  });

  it('finds what a file imports beside it, or where --with says', async () => {
    const file = write('dose.dmn', '<import name="units" namespace="urn:units" importType="https://www.omg.org/spec/DMN/20191111/MODEL/"/><decision id="x" name="Grams"><variable name="Grams"/><informationRequirement><requiredDecision href="urn:units#k"/></informationRequirement><literalExpression><text>units.Factor * 2</text></literalExpression></decision>');
    const units = '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="u" name="u" namespace="urn:units"><decision id="k" name="Factor"><variable name="Factor"/><literalExpression><text>1000</text></literalExpression></decision></definitions>';
    mkdirSync(join(folder, 'shared'));
    writeFileSync(join(folder, 'shared/units.dmn'), units);
    const decide = (...more: readonly string[]): Promise<number> => careloop('decide', file, '--decision', 'Grams', '--facts', '{}', '--json', ...more);

    expect(await careloop('import', file)).toBe(1);
    expect(output).toContain('IMPORT_NOT_FOUND');
    for (const where of ['shared/units.dmn', 'shared']) {
      output = '';
      expect(await decide('--with', join(folder, where))).toBe(0);
      expect(JSON.parse(output)).toMatchObject({ value: 2_000, values: { 'units.Factor': 1_000 } });
    }
    writeFileSync(join(folder, 'units.dmn'), units);
    expect(await decide()).toBe(0);
    expect(await careloop('import', file, '--out', join(folder, 'out'), '--with', join(folder, 'shared'))).toBe(0);
    expect(await careloop('decide', join(folder, 'out/dose.decisions.json'), '--decision', 'units.Factor', '--facts', '{}', '--with', folder)).toBe(0);
    expect(await careloop('import', file, '--with', join(folder, 'none.dmn'))).toBe(2);
  });

  it('says what is wrong with a decision model', async () => {
    writeFileSync(join(folder, 'bad.decisions.json'), '{"format":"careloop-decisions/1"}');

    expect(await careloop('decide', join(folder, 'bad.decisions.json'), '--facts', '{}', '--json')).toBe(1);
    expect(JSON.parse(output)).toMatchObject({ findings: expect.arrayContaining([expect.objectContaining({ code: 'MODEL_INVALID', path: 'decisions' })]) });
  });

  it('refuses a file that is no DMN', async () => {
    writeFileSync(join(folder, 'x.dmn'), '<!DOCTYPE a><a/>');

    expect(await careloop('import', join(folder, 'x.dmn'), '--json')).toBe(1);
    expect(JSON.parse(output)).toMatchObject({ ok: false, findings: [{ code: 'XML_DOCTYPE' }] });
    expect(await careloop('import', join(folder, 'none.dmn'))).toBe(2);
  });
});
