import { accessPolicy } from '../../identity/policy/access-policy.ts';
import { builder } from '../builder.ts';
import { AccessPolicyType } from '../types/access-policy.ts';

builder.queryField('accessPolicy', (t) => t.field({ type: AccessPolicyType, description: 'The policy table in words; docs/access-policy.md is the same.', resolve: () => accessPolicy() }));
