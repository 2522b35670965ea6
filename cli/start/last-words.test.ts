import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lastWords } from './last-words.ts';

describe('the last words of a part', () => {
  let folder: string;
  beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'careloop-words-')); });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const logOf = (text: string): string => {
    const path = join(folder, 'gateway.log');
    writeFileSync(path, text);
    return path;
  };

  it('are the sentence that its log ends with, however long the log is', () => {
    const sentence = 'Expected the sign-on providers at /none, but there is no such file.';

    expect(lastWords(logOf(`${'x'.repeat(9_000)}\n{"msg":"gateway is listening"}\n${sentence}\n`))).toBe(sentence);
  });

  it('are no line of data or of a server, and nothing where there is no log', () => {
    expect(lastWords(logOf('{"level":30,"msg":"gateway is listening"}\n'))).toBeUndefined();
    expect(lastWords(logOf('2026-11-23 22:31:39 UTC [1] DETAIL:  Key (username)=(nurse) already exists.\n'))).toBeUndefined();
    expect(lastWords(logOf(''))).toBeUndefined();
    expect(lastWords(join(folder, 'none.log'))).toBeUndefined();
  });
});
