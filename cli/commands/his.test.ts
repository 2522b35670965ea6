import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startSimulators, toFrame, type RunningSimulators } from '../../simulators/index.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What came over the wire, and a peer that answers with what it is told to. */
let received: Buffer[];
let answerWith: string;
let peer: Server;
let dataFolder: string;
let simulators: RunningSimulators;

beforeAll(async () => {
  dataFolder = mkdtempSync(join(tmpdir(), 'his-command-'));
  simulators = await startSimulators({ hisPort: 0, mqttPort: 0, simulatorControlPort: 0, dataFolder });
  peer = createServer((socket) => socket.on('data', (chunk) => {
    received.push(chunk);
    socket.write(toFrame(answerWith));
  }));
  await new Promise<void>((resolve) => peer.listen(0, '127.0.0.1', resolve));
  writeFileSync(join(dataFolder, 'ports.json'), JSON.stringify({ mllp: (peer.address() as { port: number }).port }));
});
afterAll(async () => {
  await simulators.close();
  await new Promise((resolve) => peer.close(resolve));
  rmSync(dataFolder, { recursive: true });
});
beforeEach(() => {
  received = [];
  answerWith = 'MSH|^~\\&|CARELOOP\rMSA|AA|C1|order taken\r';
});

function careloop(...words: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const script = `const { Command } = await import('commander'); const { registerHis } = await import('./cli/commands/his.ts'); const program = new Command('careloop'); registerHis(program); await program.parseAsync(process.argv.slice(1), { from: 'user' }).catch((error) => { console.error(error.message); process.exitCode = 1; });`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script, '--', 'his', ...words], { cwd: root, env: { ...process.env, CARELOOP_DATA: dataFolder, NODE_OPTIONS: '' } });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')));
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

const order = ['send-order', '--patient', 'P12', '--drug', 'amoxicillin', '--dose', '500', '--unit', 'mg', '--route', 'PO', '--frequency', 'tid', '--order', 'O-1', '--control-id', 'C1'];

describe('careloop his', () => {
  it('sends an order in one line and says what the answer means', async () => {
    const { code, stdout } = await careloop(...order, '--rescue', '--charset', 'gb18030', '--ordered-by', '张医生');

    expect(code).toBe(0);
    expect(stdout).toContain('AA C1: 已接收');
    const message = new TextDecoder('gb18030').decode(Buffer.concat(received));
    expect(message).toMatch(/^\x0bMSH\|\^~\\&\|HIS\|.*\|ORM\^O01\^ORM_O01\|C1\|P\|2\.5\.1\|{6}GB 18030-2000\r/);
    expect(message).toContain('\rORC|NW|O-1|');
    expect(message).toContain('张医生');
    expect(message).toContain('|RESCUE\r');
  }, 60_000);

  it('knows the patient of an order that it sent, and exits 1 for a refusal', async () => {
    await careloop(...order);
    answerWith = 'MSH|^~\\&|CARELOOP\rMSA|AE|C2|no\rERR||ORC^1^2|204^Unknown key identifier^HL70357|E|UNKNOWN_ORDER|||Expected the number of a known order\r';

    const { code, stdout } = await careloop('discontinue', '--order', 'O-1', '--reason', '停', '--json');

    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ acknowledgment: 'AE', error: { code: 'UNKNOWN_ORDER', location: 'ORC^1^2', condition: '204 Unknown key identifier' } });
    expect(received.at(-1)?.toString('utf8')).toMatch(/\rPID\|1\|\|P12\^{4}MR\rORC\|DC\|O-1\|/);
  }, 60_000);

  it('asks for the patient of an order that it does not know', async () => {
    expect(await careloop('hold', '--order', 'O-unknown')).toMatchObject({ code: 2, stderr: expect.stringContaining('Expected --patient') });
  }, 60_000);

  it('sends a file as it is, with CR for LF and without a byte order mark', async () => {
    const file = join(dataFolder, 'message.hl7');
    writeFileSync(file, '\uFEFFMSH|^~\\&|X\nPID|1\r\nORC|NW\n');

    await careloop('send', file);

    expect(Buffer.concat(received).toString('utf8')).toBe('\x0bMSH|^~\\&|X\rPID|1\rORC|NW\r\x1c\r');
  }, 60_000);

  it('turns a switch of the cabinet and shows the effects', async () => {
    const turned = await careloop('switch', 'cabinet', '--silent', 'on', '--delay-ms', '20');
    const effects = await careloop('effects', '--json');
    const wrong = await careloop('switch', 'cabinet', '--silent', 'perhaps');

    expect(JSON.parse(turned.stdout)).toMatchObject({ silent: true, delayMs: 20, answerLost: false });
    expect(JSON.parse(effects.stdout)).toEqual({ effects: [] });
    expect(wrong.code).not.toBe(0);
  }, 60_000);
});
