import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { createDatabase, migrate } from '#database';
import { startPostgres } from '../../cli/servers/postgres.ts';
import { median, rounded } from '../measure.ts';
import { cpuMsOf } from '../postgres-cpu.ts';
import type { SideAnswer, SideData, SideQuestion } from './question.ts';
import { fillWards } from './ward.ts';

const warmRequests = 400;

interface Round {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly postgresMs: number;
}

/**
 * `npm run bench -- authorisation`: the lists of a ward's page (50 tasks and 50 cases with their patients, of four times as many) by the whole GraphQL
 * door for a nurse, with the policy against the same resolvers without it, in two threads of one process, in turn. `--rounds N` (default 15) of
 * `--requests N` (default 40), `--at-once N` of them at a time (default 8: as many as keep the process busy). Target: at least 0.90 of the throughput.
 */
export async function run(args: string[]): Promise<void> {
  const option = (name: string, fallback: number): number => (args.includes(name) ? Number(args[args.indexOf(name) + 1]) : fallback);
  const rounds = option('--rounds', 15);
  const requests = option('--requests', 40);
  const atOnce = option('--at-once', 8);
  const dataFolder = mkdtempSync(join(tmpdir(), 'careloop-bench-authorisation-'));
  const postgres = await startPostgres({ dataFolder });
  const database = createDatabase(postgres.url, 4);
  const sides: Worker[] = [];
  try {
    await migrate(postgres.ownerUrl);
    await fillWards(database);
    const begin = async (hasPolicy: boolean): Promise<Worker> => {
      const side = new Worker(new URL('./side.mjs', import.meta.url), { workerData: { databaseUrl: postgres.url, hasPolicy } satisfies SideData });
      sides.push(side);
      await once(side, 'message');
      return side;
    };
    const [ruled, open] = [await begin(true), await begin(false)];
    // Until both run compiled: neither is to be slow because it is new.
    const warm = [await ask(ruled, warmRequests, 1), await ask(open, warmRequests, 1)];
    requireSame(warm);
    const measure = async (side: Worker): Promise<Round> => {
      const before = cpuMsOf(postgres.process.pid);
      const { wallMs, cpuMs } = await ask(side, requests, atOnce);
      return { wallMs, cpuMs, postgresMs: cpuMsOf(postgres.process.pid) - before };
    };
    const times: { readonly ruled: Round; readonly open: Round }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      // Who begins takes turns too.
      const first = await measure(round % 2 === 0 ? ruled : open);
      const second = await measure(round % 2 === 0 ? open : ruled);
      times.push(round % 2 === 0 ? { ruled: first, open: second } : { ruled: second, open: first });
    }
    const ratios = times.map((round) => round.open.wallMs / round.ruled.wallMs).sort((left, right) => left - right);
    const quartile = (share: number): number => rounded(ratios[Math.floor((ratios.length - 1) * share)] ?? 0);
    const side = (name: 'ruled' | 'open'): object => {
      const each = (pick: (round: Round) => number): number => rounded(median(times.map((round) => pick(round[name]) / requests)));
      return { perSecond: rounded(1_000 / each(({ wallMs }) => wallMs)), ms: each(({ wallMs }) => wallMs), nodeCpuMs: each(({ cpuMs }) => cpuMs), postgresCpuMs: each(({ postgresMs }) => postgresMs) };
    };
    console.log(JSON.stringify({ bench: 'authorisation', cores: cpus().length, rounds, requests, atOnce, answerBytes: warm[0]?.bytes, withPolicy: side('ruled'), without: side('open'), throughputRatio: { median: rounded(median(ratios)), lowest: quartile(0), quarter: quartile(0.25), threeQuarters: quartile(0.75), highest: quartile(1) } }));
  } finally {
    await Promise.all(sides.map((each) => each.terminate()));
    await database.close();
    await postgres.stop();
    rmSync(dataFolder, { recursive: true });
  }
}

async function ask(side: Worker, requests: number, atOnce: number): Promise<SideAnswer> {
  side.postMessage({ requests, atOnce } satisfies SideQuestion);
  const [answer] = (await once(side, 'message')) as [SideAnswer];
  return answer;
}

/** Only the same answer is the same work. */
function requireSame([ruled, open]: readonly SideAnswer[]): void {
  if (ruled?.digest !== open?.digest) throw new Error(`Expected both sides to answer alike, but they do not: ${ruled?.bytes} bytes beginning ${ruled?.begins}, and ${open?.bytes} beginning ${open?.begins}`);
  if ((ruled?.bytes ?? 0) < 30_000) throw new Error(`Expected fifty tasks and fifty cases, but the answer begins ${ruled?.begins}`);
}
