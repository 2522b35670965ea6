import { readSettings } from './settings.ts';

describe('the settings of sessions and proxies', () => {
  it('have their usual values', () => {
    expect(readSettings({})).toMatchObject({ idleMinutes: 30, sharedIdleMinutes: 10, trustedProxies: '', hospitalNames: [] });
    expect(readSettings({})).not.toHaveProperty('breachedPasswordsFile');
  });

  it('never give a shared device longer than another', () => {
    expect(readSettings({ CARELOOP_IDLE_MINUTES: '5' })).toMatchObject({ idleMinutes: 5, sharedIdleMinutes: 5 });
  });

  it.each([
    ['CARELOOP_IDLE_MINUTES', '0'],
    ['CARELOOP_IDLE_MINUTES', 'never'],
    ['CARELOOP_SHARED_IDLE_MINUTES', '1000'],
    ['CARELOOP_TRUSTED_PROXIES', '10.0.0.0/24, proxy.example'],
  ])('refuse %s=%s by name', (name, value) => {
    expect(() => readSettings({ [name]: value })).toThrow(new RegExp(`Expected a valid value in ${name}, but: .+ Correct the variable and start again\\.`));
  });
});
