import { defineDocument } from '../../graphql/client.ts';
import { localized } from '../../graphql/fragments.ts';
import type { RuleStatistic } from './rule-statistic.ts';

/** How often each rule fired in a range of at most 366 days, and what became of its cards. */
export const statisticsDocument = defineDocument<{ ruleStatistics: { readonly decisions: number; readonly rules: readonly RuleStatistic[] } }, { key: string; from: string; to: string }>(`
  query RuleStatistics($key: String!, $from: DateTime!, $to: DateTime!) {
    ruleStatistics(key: $key, from: $from, to: $to) {
      decisions
      rules { ruleId name ${localized} fired cards accepted overridden overrideReasons { code name ${localized} count } reviews { approved returned rechecked notDecided unknown approvalReasons { text count } } }
    }
  }
`);
