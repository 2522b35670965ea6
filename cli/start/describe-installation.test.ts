import { resolve } from 'node:path';
import { readSettings } from '../../gateway/settings.ts';
import { describeInstallation } from './describe-installation.ts';

describe('what a person is told once everything runs', () => {
  const told = (environment: Readonly<Record<string, string>>): string => describeInstallation(readSettings(environment), () => undefined);

  it('is how the first people are made where there is no demo, for the folder that it runs on', () => {
    expect(told({ CARELOOP_DEMO: 'false' })).toContain('\n  npm run -s careloop -- people create-administrators\n');
    expect(told({ CARELOOP_DEMO: 'false', CARELOOP_DATA: 'elsewhere' })).toContain(`\n  CARELOOP_DATA=${resolve('elsewhere')} npm run -s careloop -- people create-administrators\n`);
  });

  it('is where the demo keeps its passwords, and nothing of first people', () => {
    const text = told({ CARELOOP_DATA: 'nowhere' });

    expect(text).toContain(`${resolve('nowhere')}/demo-credentials.json`);
    expect(text).not.toContain('create-administrators');
  });
});
