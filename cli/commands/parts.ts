import type { Command } from 'commander';
import type { RunningSettings } from '../../gateway/settings.ts';

type RunPart = (settings: RunningSettings, signal: AbortSignal) => Promise<void>;

/** The processes of an installation, one command each: `start` runs them here, a deployment where it likes. */
const parts: readonly { readonly name: string; readonly description: string; readonly load: () => Promise<RunPart> }[] = [
  { name: 'worker', description: 'run one worker process', load: async () => (await import('../../gateway/worker.ts')).runWorker },
  { name: 'gateway', description: 'run one gateway process: web app, GraphQL, HL7 door', load: async () => (await import('../../gateway/server.ts')).runGateway },
  { name: 'simulators', description: 'run the stand-ins for the hospital\'s systems and hardware', load: async () => (await import('../../simulators/main.ts')).runSimulators },
];

/** `careloop worker | gateway | simulators`. */
export function registerParts(program: Command): void {
  for (const part of parts) {
    program
      .command(part.name)
      .description(part.description)
      .action(async () => {
        const { runPart } = await import('../start/run-part.ts');
        await runPart(part.load);
      });
  }
}
