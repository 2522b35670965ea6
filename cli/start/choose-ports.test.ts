import { createServer, type Server } from 'node:net';
import { readSettings } from '../../gateway/settings.ts';
import { choosePorts, toEnvironment } from './choose-ports.ts';

const allFree = { PORT: '0', CARELOOP_MLLP_PORT: '0', CARELOOP_HIS_PORT: '0', CARELOOP_MQTT_PORT: '0', CARELOOP_SIMULATOR_CONTROL_PORT: '0' };

describe('choosePorts', () => {
  let server: Server;
  let busy: string;

  beforeAll(async () => {
    server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    busy = String(typeof address === 'object' ? address?.port : '');
  });
  afterAll(() => server.close());

  it('takes a different free port for each 0 and tells browsers the right address', async () => {
    const settings = await choosePorts(readSettings(allFree), allFree);

    const ports = [settings.httpPort, settings.mllpPort, settings.hisPort, settings.mqttPort, settings.simulatorControlPort];
    expect(new Set(ports).size).toBe(5);
    expect(ports).not.toContain(0);
    expect(settings.baseUrl).toBe(`http://localhost:${settings.httpPort}`);
  });

  it('takes a free port for whatever is not set when PORT is 0', async () => {
    const environment = { PORT: '0', CARELOOP_MQTT_PORT: '0' };
    const defaults = readSettings({});

    const settings = await choosePorts(readSettings(environment), environment);

    const ports = [settings.httpPort, settings.mllpPort, settings.hisPort, settings.mqttPort, settings.simulatorControlPort];
    expect(new Set(ports).size).toBe(5);
    for (const port of [0, defaults.mllpPort, defaults.hisPort, defaults.simulatorControlPort]) expect(ports).not.toContain(port);
  });

  it('leaves the ports of the hospital as they are without the demo', async () => {
    const environment = { PORT: '0', CARELOOP_MLLP_PORT: '0', CARELOOP_DEMO: 'false' };
    const settings = { ...readSettings(environment), hisPort: Number(busy) };

    expect(await choosePorts(settings, environment)).toMatchObject({ hisPort: Number(busy), mqttPort: 1883 });
  });

  it.each([['PORT', 'the web app'], ['CARELOOP_MLLP_PORT', 'HL7 messages'], ['CARELOOP_MQTT_PORT', 'the cabinet simulator']])('refuses a busy %s with the remedy', async (variable, what) => {
    const environment = { ...allFree, [variable]: busy };

    await expect(choosePorts(readSettings(environment), environment)).rejects.toThrow(`Expected port ${busy} for ${what}, but another program listens on it. Stop that program, or set ${variable} to another port (0 takes a free one).`);
  });

  it('gives way when only the default port of a simulator is busy', async () => {
    const settings = { ...readSettings(allFree), mqttPort: Number(busy) };

    const chosen = await choosePorts(settings, {});

    expect(chosen.mqttPort).not.toBe(Number(busy));
  });

  it('hands every setting on to a child process', async () => {
    const settings = { ...(await choosePorts(readSettings(allFree), allFree)), databaseUrl: 'postgresql://a@b/c', temporalAddress: 'd:1' };

    expect(readSettings(toEnvironment(settings))).toEqual(settings);
  });
});
