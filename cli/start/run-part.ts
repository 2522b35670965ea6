import { readSettings, requireServers, type RunningSettings } from '../../gateway/settings.ts';

const endWithinMs = 10_000;

/**
 * Runs one process of an installation until SIGTERM, SIGINT or the death of its supervisor, then lets it
 * end in order; what has not ended by then is cut off.
 */
export async function runPart(load: () => Promise<(settings: RunningSettings, signal: AbortSignal) => Promise<void>>): Promise<void> {
  const controller = new AbortController();
  const end = () => {
    if (controller.signal.aborted) return;
    controller.abort();
    setTimeout(() => process.exit(1), endWithinMs).unref();
  };
  process.on('SIGTERM', end).on('SIGINT', end);
  // The channel to the supervisor closes when it dies, also of SIGKILL.
  if (process.channel !== undefined) process.on('disconnect', end);
  process.channel?.unref();

  const run = await load();
  if (controller.signal.aborted) process.exit(0);
  await run(requireServers(readSettings()), controller.signal);
  // A library's timer or socket must not keep an ended part alive.
  process.exit(process.exitCode ?? 0);
}
