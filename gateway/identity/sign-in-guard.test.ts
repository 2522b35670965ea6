import { createSignInGuard } from './sign-in-guard.ts';

const minute = 60_000;
const start = 1_000_000;

describe('the guard of sign-in', () => {
  it('lets ten wrong tries of an address for an account pass, and the next one after a quarter of an hour', () => {
    const guard = createSignInGuard();

    const waits = Array.from({ length: 12 }, () => guard.begin('nurse', 'a', start));

    expect(waits).toEqual([...Array.from({ length: 10 }, () => undefined), 15 * minute, 15 * minute]);
    expect(guard.begin('nurse', 'a', start + 14 * minute)).toBe(minute);
    expect(guard.begin('nurse', 'a', start + 15 * minute)).toBeUndefined();
  });

  it('bounds guesses for one account that are spread over addresses', () => {
    const guard = createSignInGuard();

    const passed = Array.from({ length: 200 }, (_, index) => guard.begin('nurse', `a${index}`, start)).filter((wait) => wait === undefined);

    expect(passed).toHaveLength(50);
  });

  it('bounds guesses of one address that are spread over accounts', () => {
    const guard = createSignInGuard();

    const passed = Array.from({ length: 500 }, (_, index) => guard.begin(`nurse-${index}`, 'a', start)).filter((wait) => wait === undefined);

    expect(passed).toHaveLength(100);
  });

  it('does not shut out whoever has signed in at that address before, whatever others guess', () => {
    const guard = createSignInGuard();
    guard.begin('nurse', 'ward', start);
    guard.succeed('nurse', 'ward', start);

    for (let index = 0; index < 500; index += 1) {
      guard.begin('nurse', `strange-${index}`, start);
      guard.begin(`guess-${index}`, 'ward', start);
    }

    expect(guard.begin('nurse', 'strange', start)).toBeGreaterThan(0);
    expect(guard.begin('doctor', 'ward', start)).toBeGreaterThan(0);
    expect(guard.begin('nurse', 'ward', start)).toBeUndefined();
  });

  it('counts no try that was right, and keeps no longer than it has to', () => {
    const guard = createSignInGuard();

    for (let index = 0; index < 300; index += 1) {
      expect(guard.begin(`nurse-${index}`, 'ward', start)).toBeUndefined();
      guard.succeed(`nurse-${index}`, 'ward', start);
    }
    for (let index = 0; index < 60; index += 1) guard.begin('nurse-1', `strange-${index}`, start);

    expect(guard.begin('nurse-1', 'strange', start)).toBe(15 * minute);
    // After a month without signing in there, the address is strange again.
    const later = start + 31 * 24 * 60 * minute;
    for (let index = 0; index < 60; index += 1) guard.begin('nurse-1', `strange-${index}`, later);
    expect(guard.begin('nurse-1', 'ward', later)).toBe(15 * minute);
  });
});
