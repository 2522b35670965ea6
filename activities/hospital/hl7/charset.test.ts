import fc from 'fast-check';
import { charsetNamed, decodeMessage, encodeText } from './charset.ts';
import { frame, createMllpFramer } from './mllp-framer.ts';

const header = (charset: string, application = 'HIS'): string => `MSH|^~\\&|${application}|H|CARELOOP|H|20261122080000||ORM^O01|1|P|2.5.1||||||${charset}`;

describe('decodeMessage', () => {
  it.each([
    ['GB 18030-2000', 'gb18030'],
    ['GB2312', 'gb18030'],
    ['gbk', 'gb18030'],
    ['UNICODE UTF-8', 'utf-8'],
    ['', 'utf-8'],
    ['UNICODE UTF-8~GB 18030-2000', 'utf-8'],
  ] as const)('reads %p as %s', (name, charset) => {
    const text = `${header(name)}\rPID|1||P12||张三丰𠮷`;

    expect(decodeMessage(encodeText(text, charset))).toEqual({ text, charset });
  });

  it('reads GB 18030 headers whose characters contain the bytes of delimiters', () => {
    // A whole row of GBK, so that every second byte occurs, those of the delimiters among them.
    const row = [...'亅亊亐亖亗亙丂丄丅丆丏丒丗丟丠両丣並丩丮丯丱丳丵丷丼乀乁乂乄乆乊乑乕乗乚乛乢乣乤乥乧乨乪乫乬乭乮乯乲乴乵乶乷乸乹乺乻乼乽乿亀亁'];
    const chosen = row.filter((character) => encodeText(character, 'gb18030').includes(0x7c) || encodeText(character, 'gb18030').includes(0x5e));
    const text = `${header('GB 18030-2000', chosen.join(''))}\rPID|1||P12`;

    expect(chosen.length).toBeGreaterThan(0);
    expect(decodeMessage(encodeText(text, 'gb18030'))).toEqual({ text, charset: 'gb18030' });
  });

  it('refuses bytes that are not in the declared character set', () => {
    const bytes = encodeText(`${header('UNICODE UTF-8')}\rPID|1||P12||张三`, 'gb18030');

    expect(() => decodeMessage(bytes)).toThrow(expect.objectContaining({ code: 'CHARSET_INVALID', acknowledgmentCode: 'AE', condition: '102', location: ['MSH', 1, 18] }));
  });

  it('refuses a character set that it does not have', () => {
    expect(() => decodeMessage(encodeText(header('8859/5'), 'utf-8'))).toThrow(expect.objectContaining({ code: 'CHARSET_UNSUPPORTED', condition: '103' }));
  });

  it('gives back any text through GB 18030 and a frame', () => {
    const character = fc.string({ unit: 'binary' }).map((text) => text.replaceAll(/[\u0000-\u001f\p{Surrogate}]/gu, ''));
    fc.assert(
      fc.property(character, (name) => {
        const text = `${header('GB 18030-2000')}\rPID|1||P12||${name}`;
        const [event] = createMllpFramer().push(frame(encodeText(text, 'gb18030')));

        expect(event?.kind === 'frame' && decodeMessage(event.bytes).text).toBe(text);
      }),
      { seed: 18030, numRuns: 300 },
    );
  });
});

describe('charsetNamed', () => {
  it('knows no charset by the name of an object member', () => {
    expect(charsetNamed('constructor')).toBeUndefined();
  });
});
