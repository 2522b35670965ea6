import { personRoles } from './policy.ts';
import { createSecondFactorRule } from './second-factor-rule.ts';

const person = (role: string, id = 'p1') => ({ id, roles: [role] });

describe('who must have a second factor', () => {
  it('is whoever sees or changes what all rely on', () => {
    const rule = createSecondFactorRule('administrators', false);

    expect(personRoles.filter((role) => rule.demandOf(person(role)) === 'required')).toEqual(['auditor', 'operator', 'privacy-officer', 'system-administrator', 'security-administrator']);
    expect(rule.demandOf({ id: 'p1', roles: ['nurse', 'auditor'] })).toBe('required');
    expect(rule.demandOf({ id: 'p1', roles: [] })).toBe('optional');
  });

  it('is everybody or nobody where the hospital wants it so', () => {
    expect(createSecondFactorRule('everybody', false).demandOf(person('nurse'))).toBe('required');
    expect(createSecondFactorRule('nobody', false).demandOf(person('auditor'))).toBe('optional');
  });

  it('is no person of the demo hospital, but only while that is loaded', () => {
    expect(createSecondFactorRule('everybody', true).demandOf(person('auditor', 'demo-auditor'))).toBe('exempt');
    expect(createSecondFactorRule('everybody', true).demandOf(person('auditor', 'auditor'))).toBe('required');
    expect(createSecondFactorRule('administrators', false).demandOf(person('auditor', 'demo-auditor'))).toBe('required');
  });

  it.each([[['pwd'], true], [[], true], [['pwd', 'otp', 'mfa'], false], [['swk', 'user', 'mfa'], false]])('is missing of a session with %j: %s', (methods, isMissing) => {
    expect(createSecondFactorRule('administrators', false).isMissing(person('operator'), methods)).toBe(isMissing);
    expect(createSecondFactorRule('administrators', false).isMissing(person('nurse'), methods)).toBe(false);
  });
});
