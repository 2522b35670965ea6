import { isInputObjectType, getNamedType } from 'graphql';
import { schema } from './schema.ts';

/** Mutations that take no idempotency key, and what a repeat of each finds instead. */
const withoutKey: Readonly<Record<string, string>> = {
  acknowledgeAccountNotices: 'those that are acknowledged stay so',
  acknowledgeAlert: 'the first acknowledgement',
  checkProcessModel: 'changes nothing',
  checkRuleSetFile: 'changes nothing',
  confirmRecovery: 'RECOVERY_CLOSED: who lost the code withdraws the case and opens another',
  endAllSessions: 'no sessions',
  endSession: 'SESSION_NOT_FOUND',
  linkSignOnIdentity: 'SIGN_ON_IDENTITY_TAKEN',
  openRecovery: 'RECOVERY_OPEN',
  unlinkSignOnIdentity: 'SIGN_ON_IDENTITY_NOT_FOUND',
  unlockAccount: 'an account without a lock',
  verifyTask: 'changes nothing',
  withdrawRecovery: 'RECOVERY_CLOSED',
};

describe('mutations', () => {
  it('take an idempotency key, but for those of which a repeat has no second effect', () => {
    const fields = Object.values(schema.getMutationType()?.getFields() ?? {});

    const without = fields.filter(({ args }) => {
      const input = getNamedType(args.find(({ name }) => name === 'input')?.type);
      return !(isInputObjectType(input) && 'idempotencyKey' in input.getFields());
    });

    expect(fields.length).toBeGreaterThan(50);
    expect(without.map(({ name }) => name).sort()).toEqual(Object.keys(withoutKey));
  });
});
