import { readScannerSettings, saveScannerSettings, wedgeSettingsOf } from './scanner-settings.ts';

describe('the scanner settings of a device', () => {
  const storeOf = (text: string | null) => ({ getItem: () => text });

  it('come back as they were saved', () => {
    let kept: string | null = null;
    saveScannerSettings({ setItem: (_key, value) => { kept = value; } }, { mode: 'injection', prefix: '~' });

    expect(readScannerSettings(storeOf(kept))).toEqual({ mode: 'injection', prefix: '~' });
  });

  it('are keystrokes without prefix when nothing useful was kept', () => {
    for (const text of [null, 'not JSON', '7', '{"mode":"telepathy","prefix":5}']) expect(readScannerSettings(storeOf(text))).toEqual({ mode: 'keystrokes', prefix: '' });
  });

  it('give the detector the prefix only when there is one', () => {
    expect(wedgeSettingsOf({ mode: 'keystrokes', prefix: '' })).not.toHaveProperty('prefix');
    expect(wedgeSettingsOf({ mode: 'keystrokes', prefix: '~' }).prefix).toBe('~');
  });
});
