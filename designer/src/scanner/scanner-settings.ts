import { defaultWedgeSettings, type WedgeSettings } from './wedge-detector.ts';

/** How this device's scanner delivers a code: as keystrokes, or as text injected into a field that has the focus. */
export type ScannerMode = 'keystrokes' | 'injection';

export interface ScannerSettings {
  readonly mode: ScannerMode;
  /** One character that the scanner sends before each code; empty for none. */
  readonly prefix: string;
}

const storageKey = 'careloop.scanner';
const unset: ScannerSettings = { mode: 'keystrokes', prefix: '' };

/** The settings of this device; keystrokes without a prefix when nothing was set, or it cannot be read. */
export function readScannerSettings(store: Pick<Storage, 'getItem'>): ScannerSettings {
  try {
    const value: unknown = JSON.parse(store.getItem(storageKey) ?? 'null');
    if (typeof value !== 'object' || value === null) return unset;
    const { mode, prefix } = value as { readonly mode?: unknown; readonly prefix?: unknown };
    return { mode: mode === 'injection' ? 'injection' : 'keystrokes', prefix: typeof prefix === 'string' ? prefix.slice(0, 1) : '' };
  } catch {
    return unset;
  }
}

/** Keeps the settings on this device. */
export function saveScannerSettings(store: Pick<Storage, 'setItem'>, settings: ScannerSettings): void {
  store.setItem(storageKey, JSON.stringify(settings));
}

/** What the detector needs to know of them. */
export function wedgeSettingsOf({ prefix }: ScannerSettings): WedgeSettings {
  return prefix === '' ? defaultWedgeSettings : { ...defaultWedgeSettings, prefix };
}
