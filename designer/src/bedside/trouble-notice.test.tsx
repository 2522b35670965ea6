import i18next from 'i18next';
import { renderToStaticMarkup } from 'react-dom/server';
import { initReactI18next } from 'react-i18next';
import { resourcesFor } from '../i18n/messages.ts';
import type { Trouble } from './scan-machine.ts';
import { testPatient } from './test-doses.ts';
import { TroubleNotice } from './trouble-notice.tsx';

const networkGone: Trouble = { kind: 'problem', problem: { kind: 'network', code: 'NETWORK' } };
const drawn = (trouble: Trouble, isUnsent: boolean): string => renderToStaticMarkup(<TroubleNotice trouble={trouble} current={testPatient} isUnsent={isUnsent} />);

beforeAll(async () => {
  // The code's button asks what the browser allows.
  Object.assign(globalThis, { navigator: {} });
  await i18next.use(initReactI18next).init({ lng: 'en', fallbackLng: false, keySeparator: false, nsSeparator: false, interpolation: { escapeValue: false }, resources: { 'zh-CN': { translation: resourcesFor('zh-CN') }, en: { translation: resourcesFor('en') } } });
});

describe('what the bedside says when the network is gone', () => {
  it('is not to give, as long as nothing was checked', () => {
    expect(drawn(networkGone, false)).toContain('Do not give it; follow the downtime procedure');
  });

  it('is not to give it twice, once it was given and only the record is missing', () => {
    const words = drawn(networkGone, true);

    expect(words).toContain('Do not give the dose a second time');
    expect(words).not.toContain('Do not give it');
  });
});

it('says whose wristband was scanned where a drug was due, and whose doses are shown', () => {
  const other = { ...testPatient, name: 'Another' };

  expect(drawn({ kind: 'otherWristband', wristband: 'WB-2', patient: other }, false)).toContain(`This is the wristband of Another, not a drug. The patient here is ${testPatient.name}.`);
});
