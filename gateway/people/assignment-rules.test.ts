import fc from 'fast-check';
import { doOverlap } from './assignment-rules.ts';
import { personRoles } from '../identity/policy.ts';
import { areExclusive, canBePassedOn } from '../identity/role-requirements.ts';

describe('areExclusive', () => {
  it('sets each administrator apart from every other role, and no two working roles from each other', () => {
    const pairs = personRoles.flatMap((one) => personRoles.filter((other) => areExclusive(one, other)).map((other) => `${one} ${other}`));

    expect(pairs).toHaveLength(2 * (3 * 8) + 6);
    expect(areExclusive('auditor', 'system-administrator')).toBe(true);
    expect(areExclusive('privacy-officer', 'security-administrator')).toBe(true);
    expect(areExclusive('privacy-officer', 'doctor')).toBe(false);
    expect(areExclusive('auditor', 'auditor')).toBe(false);
  });
});

describe('canBePassedOn', () => {
  it('leaves out administration, audit and privacy', () => {
    expect(personRoles.filter((role) => !canBePassedOn(role)).sort()).toEqual(['auditor', 'privacy-officer', 'security-administrator', 'system-administrator']);
  });
});

describe('doOverlap', () => {
  const at = (ms: number) => new Date(ms);
  const period = fc.record({ from: fc.integer({ min: 0, max: 30 }), until: fc.option(fc.integer({ min: 1, max: 30 })), ended: fc.option(fc.integer({ min: 0, max: 30 })) }).map(({ from, until, ended }) => ({ validFrom: at(from), validUntil: until === null ? null : at(from + until), endedAt: ended === null ? null : at(ended) }));

  it('says whether there is an instant at which both hold', () => {
    const holds = ({ validFrom, validUntil, endedAt }: { validFrom: Date; validUntil: Date | null; endedAt: Date | null }, ms: number) => validFrom.getTime() <= ms && (validUntil === null || ms < validUntil.getTime()) && (endedAt === null || ms < endedAt.getTime());

    fc.assert(
      fc.property(period, period, (one, other) => {
        const isShared = Array.from({ length: 70 }, (_, ms) => ms).some((ms) => holds(one, ms) && holds(other, ms));
        return doOverlap(one, other) === isShared && doOverlap(other, one) === isShared;
      }),
    );
  });

  it('keeps any sequence of grants and ends without two excluding roles at one instant', () => {
    const step = fc.oneof(fc.record({ kind: fc.constant('grant' as const), role: fc.constantFrom(...personRoles), from: fc.nat({ max: 20 }), length: fc.option(fc.integer({ min: 1, max: 15 })) }), fc.record({ kind: fc.constant('end' as const), index: fc.nat({ max: 9 }), at: fc.nat({ max: 40 }) }));

    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const held: { role: string; validFrom: Date; validUntil: Date | null; endedAt: Date | null }[] = [];
        for (const each of steps) {
          if (each.kind === 'end') {
            const ended = held[each.index];
            if (ended && ended.endedAt === null) ended.endedAt = at(each.at);
            continue;
          }
          const asked = { role: each.role, validFrom: at(each.from), validUntil: each.length === null ? null : at(each.from + each.length), endedAt: null };
          if (!held.some((other) => doOverlap(other, asked) && areExclusive(other.role, asked.role))) held.push(asked);
        }
        for (let ms = 0; ms < 45; ms += 1) {
          const roles = held.filter(({ validFrom, validUntil, endedAt }) => validFrom.getTime() <= ms && (validUntil === null || ms < validUntil.getTime()) && (endedAt === null || ms < endedAt.getTime()));
          expect(roles.some((one) => roles.some((other) => areExclusive(one.role, other.role)))).toBe(false);
        }
      }),
    );
  });
});
