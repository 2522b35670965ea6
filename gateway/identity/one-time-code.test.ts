import { base32, codeOfStep, keyUri, stepAt, stepOfCode } from './one-time-code.ts';

const secret = Buffer.from('12345678901234567890');

describe('one-time codes', () => {
  // RFC 6238 appendix B gives eight digits; six are their end.
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('are those of RFC 6238 at second %i', (second, code) => {
    expect(codeOfStep(secret, stepAt(second * 1_000))).toBe(code);
  });

  it('are accepted one step early and late, and not two', () => {
    const now = 1_234_567_890_000;
    const of = (steps: number) => stepOfCode(secret, codeOfStep(secret, stepAt(now) + steps), now);

    expect([-2, -1, 0, 1, 2].map(of)).toEqual([undefined, stepAt(now) - 1, stepAt(now), stepAt(now) + 1, undefined]);
  });

  it.each(['', '12345', '1234567', '12345a', '１２３４５６', '-12345'])('are not "%s"', (typed) => {
    expect(stepOfCode(secret, typed, 0)).toBeUndefined();
  });

  it('may be typed with spaces', () => {
    expect(stepOfCode(secret, ' 287 082 ', 59_000)).toBe(1);
  });

  // RFC 4648 §10.
  it.each([['', ''], ['f', 'MY'], ['fo', 'MZXQ'], ['foo', 'MZXW6'], ['foob', 'MZXW6YQ'], ['fooba', 'MZXW6YTB'], ['foobar', 'MZXW6YTBOI']])('write a secret %s as base32', (text, expected) => {
    expect(base32(Buffer.from(text))).toBe(expected);
  });

  it('give authenticators issuer, account and secret', () => {
    expect(keyUri(secret, 'li.min')).toBe('otpauth://totp/Careloop:li.min?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Careloop&algorithm=SHA1&digits=6&period=30');
  });
});
