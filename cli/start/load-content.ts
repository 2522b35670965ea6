import type { RunningSettings } from '../../gateway/settings.ts';

/** Publishes the processes of `processes/` and, in a demo, loads the demo hospital; both leave alone what is there. */
export async function loadContent(_settings: RunningSettings, _progress: (message: string) => void): Promise<void> {
  // Filled in once the publishing and demo-hospital modules are there.
}
