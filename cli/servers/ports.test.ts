import { createServer } from 'node:net';
import { findFreePort, isPortBusy } from './ports.ts';

it('takes no port that an outgoing connection could be given', async () => {
  const ports = await Promise.all(Array.from({ length: 20 }, () => findFreePort()));

  expect(ports.every((port) => port >= 20_000 && port < 32_000)).toBe(true);
});

it('knows a port that somebody listens on', async () => {
  const port = await findFreePort();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));

  expect(await isPortBusy(port)).toBe(true);

  await new Promise((resolve) => server.close(resolve));
  expect(await isPortBusy(port)).toBe(false);
});
