import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentWords, factWords, substanceWords } from '#rule-words';
import { locales } from './message.ts';
import { isMessageKey, messages, resourcesFor } from './messages.ts';

const sourceFolder = join(import.meta.dirname, '..');
const sources = readdirSync(sourceFolder, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path) && !/(?:^|\/)test-[^/]*$/.test(path) && !path.startsWith('i18n'))
  .map((path) => ({ path, text: readFileSync(join(sourceFolder, path), 'utf8') }));

const placeholders = (text: string): string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '').sort();

describe('the texts of the screens', () => {
  it.each(locales)('have no empty text in %s', (locale) => {
    expect(Object.entries(resourcesFor(locale)).filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('use the same values in both languages', () => {
    const different = Object.entries(messages).filter(([, message]) => placeholders(message['zh-CN']).join() !== placeholders(message.en).join());

    expect(different.map(([key]) => key)).toEqual([]);
  });

  it('have every key that a screen asks for', () => {
    const asked = sources.flatMap(({ path, text }) => [...text.matchAll(/\bt\(\s*'([^']+)'/g)].map((match) => ({ path, key: match[1] ?? '' })));

    expect(asked.length).toBeGreaterThan(100);
    expect(asked.filter(({ key }) => !isMessageKey(key))).toEqual([]);
  });

  it('have every key that is composed of a prefix and a value', () => {
    const prefixes = sources.flatMap(({ text }) => [...text.matchAll(/\b(?:t|lookup)\(\s*`([a-zA-Z.]+)\$\{/g)].map((match) => match[1] ?? ''));

    expect(prefixes.length).toBeGreaterThan(5);
    expect([...new Set(prefixes)].filter((prefix) => !Object.keys(messages).some((key) => key.startsWith(prefix)))).toEqual([]);
  });

  it('have no text that no screen uses', () => {
    const all = sources.map(({ text }) => text).join('\n');
    const prefixes = [...all.matchAll(/`([a-zA-Z.]+)\$\{/g)].map((match) => match[1] ?? '').filter((prefix) => prefix.endsWith('.'));
    // Words of facts and codes are those of the rules' content.
    const ofContent = new Set(Object.keys({ ...contentWords, ...factWords, ...substanceWords }));
    const unused = Object.keys(messages).filter((key) => !ofContent.has(key) && !all.includes(`'${key}'`) && !all.includes(`"${key}"`) && !prefixes.some((prefix) => key.startsWith(prefix)));

    expect(unused).toEqual([]);
  });

  it('never show words of the machinery', () => {
    const forbidden = /\b(token|gateway|incident|activity|payload|null|undefined)\b/i;
    const found = Object.entries(messages).filter(([key, message]) => !key.startsWith('role.') && forbidden.test(`${message['zh-CN']} ${message.en}`));

    expect(found).toEqual([]);
  });

  it('write no Chinese in the English texts and none of the source beside the messages', () => {
    const chinese = /[\u4e00-\u9fff]/;
    const inCode = sources.filter(({ text }) => chinese.test(text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '')));

    expect(Object.entries(messages).filter(([, message]) => chinese.test(message.en))).toEqual([]);
    expect(inCode.map(({ path }) => path)).toEqual(['shell/language-switch.tsx']);
  });
});
