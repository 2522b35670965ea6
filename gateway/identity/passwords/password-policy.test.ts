import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBreachedPasswords } from './breached-passwords.ts';
import { createPasswordPolicy } from './password-policy.ts';

const owner = { username: 'nurse-w1', displayName: '李敏' };
const sha1 = (password: string) => createHash('sha1').update(password).digest('hex').toUpperCase();

describe('the password policy', () => {
  const policy = createPasswordPolicy(undefined, ['First People’s Hospital', '第一人民医院']);

  it.each([
    ['eleven characters', 'tulip grape', 'PASSWORD_TOO_SHORT'],
    ['twelve code units that are six characters', '🐢'.repeat(6), 'PASSWORD_TOO_SHORT'],
    ['129 characters', 'x y'.repeat(43), 'PASSWORD_TOO_LONG'],
    ['a common word with digits', 'Password123456', 'PASSWORD_COMMON'],
    ['a common word between signs', '!!2024dragon2024!!', 'PASSWORD_COMMON'],
    ['one piece again and again', 'tulptulptulp', 'PASSWORD_COMMON'],
    ['a run over the keyboard', 'qwertyuiop1234', 'PASSWORD_COMMON'],
    ['a run in full-width letters', 'ｑｗｅｒｔｙｕｉｏｐ１２３４', 'PASSWORD_COMMON'],
    ['the product’s name', 'careloop-2026-07', 'PASSWORD_CONTAINS_NAME'],
    ['the user name', 'Nurse-W1!2026-07', 'PASSWORD_CONTAINS_NAME'],
    ['the own name', '李敏的密码是20260701', 'PASSWORD_CONTAINS_NAME'],
    ['the hospital’s name', '第一人民医院12345678', 'PASSWORD_CONTAINS_NAME'],
  ])('refuses %s', async (_what, password, problem) => {
    expect(await policy.problemOf(password, owner)).toBe(problem);
  });

  it.each([['four words', 'tulip grape anvil moss'], ['small letters alone', 'zbqkrtwmvplx'], ['Chinese characters', '春眠不觉晓处处闻啼鸟夜来'], ['128 characters', 'x yz'.padEnd(128, 'tulip grape anvil ')], ['spaces at both ends', '  tulip grape moss  ']])('takes %s', async (_what, password) => {
    expect(await policy.problemOf(password, owner)).toBeUndefined();
  });
});

describe('the file of breached passwords', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'careloop-breached-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const fileOf = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };

  it.each([['\n', true], ['\r\n', true], ['\n', false]])('finds each of its lines and nothing else among 200,000 (line end %j, at the last one too: %s)', async (lineEnd, isEnded) => {
    const listed = Array.from({ length: 200_000 }, (_, index) => ({ password: `breached ${index}`, hash: sha1(`breached ${index}`) })).sort((a, b) => (a.hash < b.hash ? -1 : 1));
    const file = await openBreachedPasswords(fileOf('large.txt', listed.map(({ hash }, index) => `${hash}:${(index % 977) ** 2 + 1}`).join(lineEnd) + (isEnded ? lineEnd : '')));

    for (const line of [0, 1, 77_777, 199_998, 199_999]) expect(await file.has(listed[line]?.password ?? '')).toBe(true);
    for (let index = 0; index < 100; index += 1) {
      expect(await file.has(`breached ${index * 1_997}`)).toBe(true);
      expect(await file.has(`not breached ${index}`)).toBe(false);
    }
    expect(await createPasswordPolicy(file).problemOf('breached 12345', owner)).toBe('PASSWORD_BREACHED');
    await file.close();
  }, 30_000);

  it.each([
    ['is empty', '', /at byte 0/],
    ['has lines of another kind', 'password\nhunter2\n', /at byte 0/],
    ['has NTLM hashes', `${'0'.repeat(32)}:3\n${'1'.repeat(32)}:3\n`, /at byte 0/],
    ['is ordered by count', [sha1('b'), sha1('a'), sha1('c')].sort().reverse().map((hash) => `${hash}:1`).join('\n'), /ascending order/],
    ['breaks off within a line', `${Array.from({ length: 5_000 }, (_, index) => `${sha1(String(index))}:1\n`).sort().join('')}FFFF`, /something else/],
    ['has one endless line', 'A'.repeat(100_000), /something else/],
  ])('refuses to open one that %s, in a sentence', async (_what, text, message) => {
    await expect(openBreachedPasswords(fileOf('damaged.txt', text))).rejects.toThrow(message);
  });

  it('refuses to open one that is not there', async () => {
    await expect(openBreachedPasswords(join(folder, 'nothing.txt'))).rejects.toThrow(/CARELOOP_BREACHED_PASSWORDS_FILE, but it cannot be opened \(ENOENT\)/);
  });
});
