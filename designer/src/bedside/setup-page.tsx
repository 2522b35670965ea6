import { Button, Input } from 'antd';
import { useMemo, useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { Page } from '../app/page.tsx';
import { Segments } from '../app/segments.tsx';
import { useText } from '../i18n/use-text.ts';
import { readDrugCode } from '../scanner/gs1.ts';
import { groupSeparator } from '../scanner/key-character.ts';
import { readScannerSettings, saveScannerSettings, wedgeSettingsOf, type ScannerSettings } from '../scanner/scanner-settings.ts';
import { ScanTarget } from '../scanner/scan-target.tsx';
import { useScanner } from '../scanner/use-scanner.ts';
import { StateMark } from '../status/state-mark.tsx';
import { signalMatch } from './signals.ts';

/** Chooses how this device's scanner delivers codes, and proves it with a test label. */
export function SetupPage(): ReactNode {
  const { t } = useText();
  const [settings, setSettings] = useState(() => readScannerSettings(window.localStorage));
  const [scanned, setScanned] = useState<string | undefined>();
  const wedge = useMemo(() => wedgeSettingsOf(settings), [settings]);
  useScanner(
    true,
    (code) => {
      setScanned(code);
      signalMatch();
    },
    wedge,
  );
  const change = (next: ScannerSettings): void => {
    setSettings(next);
    saveScannerSettings(window.localStorage, next);
  };
  const code = scanned === undefined ? undefined : readDrugCode(scanned);
  return (
    <Page page="bedside-setup" title="scanner.title" ready aside={<Link to="/bedside">{t('bedside.title')}</Link>}>
      {settings.mode === 'injection' ? <ScanTarget /> : null}
      <p>{t('scanner.lead')}</p>
      <Segments
        label={t('scanner.mode')}
        value={settings.mode}
        onChange={(mode) => change({ ...settings, mode })}
        options={[
          { value: 'keystrokes', label: t('scanner.mode.keystrokes') },
          { value: 'injection', label: t('scanner.mode.injection') },
        ]}
      />
      <label className="field scanner-prefix">
        <span>{t('scanner.prefix')}</span>
        <Input maxLength={1} value={settings.prefix} onChange={(event) => change({ ...settings, prefix: event.target.value })} />
      </label>
      <section className="card" aria-label={t('scanner.result')} role="status" data-state={scanned === undefined ? 'waiting' : 'done'}>
        {scanned === undefined || code === undefined ? (
          <StateMark state="waiting">{t('scanner.waiting')}</StateMark>
        ) : (
          <>
            <p>
              <StateMark state="done">{t('scanner.read')}</StateMark>
            </p>
            <p>
              <code>{scanned.replaceAll(groupSeparator, '⟨GS⟩')}</code>
            </p>
            {code.gtin === undefined ? null : <p>{t('scanner.product', { gtin: code.gtin })}</p>}
            <p>
              <StateMark state={scanned.includes(groupSeparator) ? 'done' : 'attention'}>{t(scanned.includes(groupSeparator) ? 'scanner.separator' : 'scanner.noSeparator')}</StateMark>
            </p>
          </>
        )}
      </section>
      <p className="row-actions">
        <Button onClick={() => signalMatch()}>{t('scanner.volume')}</Button>
      </p>
    </Page>
  );
}
