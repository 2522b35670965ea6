/** Whether each part is up, by its name. */
export type Readiness = () => Promise<{ readonly isReady: boolean; readonly parts: Readonly<Record<string, boolean>> }>;

const checkTimeoutMs = 2_000;

/** Asks all parts at once; one that does not answer in time is down. */
export function createReadiness(checks: Readonly<Record<string, () => Promise<boolean> | boolean>>): Readiness {
  return async () => {
    const parts = await Promise.all(Object.entries(checks).map(async ([name, check]) => [name, await withinTime(check)] as const));
    return { isReady: parts.every(([, isUp]) => isUp), parts: Object.fromEntries(parts) };
  };
}

async function withinTime(check: () => Promise<boolean> | boolean): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), checkTimeoutMs);
  });
  try {
    return await Promise.race([Promise.resolve(check()), timeout]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
