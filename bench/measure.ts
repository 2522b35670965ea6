/** One of those that are compared: `work` is one call, sync or async, repeated so often in each round. */
export interface Contestant {
  readonly repeats: number;
  readonly work: () => unknown;
}

/** Microseconds a call: on the clock, and of processor time, that of all threads of this process. */
export interface CallTimes {
  readonly wallUs: number;
  readonly cpuUs: number;
}

/** Medians of rounds in which the contestants take turns; the first round only warms up. */
export async function compare<Name extends string>(contestants: Readonly<Record<Name, Contestant>>, rounds = 7): Promise<Readonly<Record<Name, CallTimes>>> {
  // Object.entries forgets the names.
  const entries = Object.entries(contestants) as [Name, Contestant][];
  const times = new Map(entries.map(([name]) => [name, [] as CallTimes[]]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, contestant] of entries) {
      const taken = await timesOf(contestant);
      if (round > 0) times.get(name)?.push(taken);
    }
  }
  const medians = entries.map(([name]) => {
    const all = times.get(name) ?? [];
    return [name, { wallUs: median(all.map(({ wallUs }) => wallUs)), cpuUs: median(all.map(({ cpuUs }) => cpuUs)) }] as const;
  });
  return Object.fromEntries(medians) as Record<Name, CallTimes>;
}

async function timesOf({ repeats, work }: Contestant): Promise<CallTimes> {
  const isAsync = work() instanceof Promise;
  const cpu = process.cpuUsage();
  const start = process.hrtime.bigint();
  // Awaiting what is no promise would be measured with it.
  if (isAsync) for (let index = 0; index < repeats; index += 1) await work();
  else for (let index = 0; index < repeats; index += 1) work();
  const wallUs = Number(process.hrtime.bigint() - start) / 1_000 / repeats;
  const { user, system } = process.cpuUsage(cpu);
  return { wallUs, cpuUs: (user + system) / repeats };
}

export function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
}

/** Three significant digits. */
export function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
