import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import type { GoldScore, Share } from '../rules-score/score-gold-set.ts';
import { scoreTargets } from '../rules-score/score-gold-set.ts';

const content = (folder: string): string => fileURLToPath(new URL(`../../${folder}`, import.meta.url));

/** `careloop rules score`: how the shipped rule sets do on the gold set. Exit 0 when the targets are met, else 1. */
export function registerRules(program: Command): void {
  const rules = program.command('rules').description('what the shipped rule sets find');
  rules
    .command('score')
    .description('judge the gold set (300 planted errors, 1,000 clean orders) as checkOrder would, and hold it against the targets')
    .option('--json', 'print one JSON document')
    .action(async (options: { readonly json?: boolean }) => {
      const score = await scoreShippedRules();
      process.stdout.write(options.json ? `${JSON.stringify(score, null, 2)}\n` : describeScore(score));
      process.exitCode = score.isMet ? 0 : 1;
    });
}

/** The score of the rule sets in `processes/` and `rules/library/`. */
export async function scoreShippedRules(): Promise<GoldScore> {
  const [{ goldSet }, { createGoldJudge }, { scoreGoldSet }, { loadProcesses, loadRuleLibrary }] = await Promise.all([
    import('#gold-set'), import('../rules-score/judge-gold-case.ts'), import('../rules-score/score-gold-set.ts'), import('../../gateway/processes/index.ts'),
  ]);
  const documents = [...loadProcesses(content('processes')).flatMap(({ ruleSets }) => ruleSets), ...loadRuleLibrary(content('rules/library'))];
  return scoreGoldSet(goldSet(), createGoldJudge(documents));
}

/** The score as lines for people, in both languages. */
export function describeScore({ HARD, major, minor, interruptions, isMet, misses, falseInterruptions }: GoldScore): string {
  const line = (label: string, { found, of, percent }: Share, target: string) => `${label}: ${found} / ${of} (${percent} %${target ? `, 目标 / target ${target}` : ''})`;
  const lines = [
    line('拦截级发现 / HARD found', HARD, `${scoreTargets.HARD} %`),
    line('严重级发现 / major found', major, `≥ ${scoreTargets.major} %`),
    line('一般级发现 / minor found', minor, ''),
    line('正常医嘱被打断 / clean orders interrupted', interruptions, `≤ ${scoreTargets.interruptions} %`),
  ];
  if (misses.length > 0) lines.push('漏检 / missed:', ...misses.map(({ id, expected, level }) => `  ${id}: ${expected.severity} (${expected.source}), ${level}`));
  if (falseInterruptions.length > 0) lines.push('误打断 / false interruptions:', ...falseInterruptions.map(({ ruleSet, ruleId, level, cases }) => `  ${ruleSet}/${ruleId} ${level}: ${cases.length} (${cases.slice(0, 3).join(', ')}${cases.length > 3 ? ', …' : ''})`));
  lines.push(isMet ? '达标 / targets met' : '未达标 / a target is missed');
  return `${lines.join('\n')}\n`;
}
