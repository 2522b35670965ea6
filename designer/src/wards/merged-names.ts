import type { WardName } from './documents.ts';

/** What stands in the fields after somebody else saved: what was changed here stays, what was not becomes theirs. `seen`: what both began with. */
export function mergedNames(entered: WardName, seen: WardName, saved: WardName): WardName {
  return { zhCN: entered.zhCN === seen.zhCN ? saved.zhCN : entered.zhCN, en: entered.en === seen.en ? saved.en : entered.en };
}
