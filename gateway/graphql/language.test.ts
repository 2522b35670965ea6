import { languageOf } from './language.ts';

describe('languageOf', () => {
  it.each([
    [undefined, 'zh-CN'],
    ['', 'zh-CN'],
    ['en', 'en'],
    ['en-GB,en;q=0.9', 'en'],
    ['zh-TW', 'zh-CN'],
    ['fr,en;q=0.5,zh;q=0.4', 'en'],
    ['en;q=0.1, zh-CN;q=0.9', 'zh-CN'],
    ['en;q=0, *', 'zh-CN'],
    ['fr', 'zh-CN'],
  ])('reads %s as %s', (header, language) => {
    expect(languageOf(header)).toBe(language);
  });
});
