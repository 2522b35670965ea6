/**
 * Ends an installation whose test has been killed, and removes its folder. The test holds the other end of this process's
 * stdin: it closes with the test, however that ended. Argument: the data folder.
 */
import { existsSync } from 'node:fs';

const [folder = ''] = process.argv.slice(2);
// Ctrl-C reaches whoever has this terminal; only the test's end counts.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);

process.stdin.resume();
process.stdin.on('error', () => undefined);
process.stdin.on('close', async () => {
  if (existsSync(folder)) {
    // Only now: nearly every test ends its installation itself, and the loader is a third of a second of work.
    await import('tsx');
    const { endInstallation } = await import('./end-installation.ts');
    await endInstallation(folder);
  }
  process.exit(0);
});
