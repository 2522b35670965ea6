import fc from 'fast-check';
import { isOwnPath } from './own-path.ts';

const hostile = fc.stringMatching(/^[/\\.@:%a-z0-9?#&=\t\n ]{0,20}$/).map((text) => `/${text}`);

describe('a path of our own', () => {
  it.each(['/', '/tasks', '/tasks?state=open&patient=a%2Fb', '/rules/dose-hold#2', '/apish', '/logins'])('is %s', (path) => {
    expect(isOwnPath(path)).toBe(true);
  });

  it.each(['', 'tasks', '//elsewhere.example', '/\\elsewhere.example', '/..//elsewhere.example', '/tasks\n', '/tasks\\x', '/ä', '/login', '/login?reason=a', '/api/auth', '/oauth/token', '/sign-in/a', '/graphql', '/x/../api/auth'])('is not %j', (path) => {
    expect(isOwnPath(path)).toBe(false);
  });

  it('leads to no other origin, whatever it is read against', () => {
    fc.assert(fc.property(hostile, (path) => !isOwnPath(path) || new URL(path, 'https://careloop.example').origin === 'https://careloop.example'), { numRuns: 5_000 });
  });
});
