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

  it('frees the port of HTTPS like the others, and refuses an interface that is not there', async () => {
    const environment = { PORT: '0', CARELOOP_TLS_CERT_FILE: '/a', CARELOOP_TLS_KEY_FILE: '/b' };
    const { tls, httpPort } = await choosePorts(readSettings(environment), environment);

    expect(tls).toEqual({ port: expect.any(Number) as number, certFile: '/a', keyFile: '/b' });
    expect([0, 4443, httpPort]).not.toContain(tls?.port);
    await expect(choosePorts(readSettings({ ...allFree, CARELOOP_HOST: '203.0.113.9' }), allFree)).rejects.toThrow('Expected an address of this machine in CARELOOP_HOST, but "203.0.113.9" is none that can be listened on (EADDRNOTAVAIL).');
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
    // Each with another value than its default, or a setting that is forgotten would not be seen.
    const environment = {
      ...allFree, DATABASE_URL: 'postgresql://a@b/c', TEMPORAL_ADDRESS: 'd:1', TEMPORAL_NAMESPACE: 'n', TEMPORAL_TASK_QUEUE: 'q', CARELOOP_DATA: '/e', CARELOOP_SECRETS_FILE: '/f', CARELOOP_BASE_URL: 'https://g.example', CARELOOP_HOST: '0.0.0.0',
      CARELOOP_DATABASE_POOL: '7', CARELOOP_TLS_CERT_FILE: '/h', CARELOOP_TLS_KEY_FILE: '/i', CARELOOP_TLS_CLIENT_CA_FILE: '/j', CARELOOP_TLS_PORT: '0', CARELOOP_HIS_HOST: 'k', CARELOOP_MQTT_HOST: 'l', CARELOOP_OUTBOUND_ALLOW: 'm.example',
      CARELOOP_SIGN_ON_FILE: '/o', CARELOOP_EMERGENCY_ACCESS_MINUTES: '9', CARELOOP_TRUSTED_DOCUMENTS: 'only', CARELOOP_IDLE_MINUTES: '8', CARELOOP_SHARED_IDLE_MINUTES: '3', CARELOOP_TRUSTED_PROXIES: '10.0.0.5', CARELOOP_BREACHED_PASSWORDS_FILE: '/p',
      CARELOOP_HOSPITAL_NAMES: 'r, s', CARELOOP_SECOND_FACTOR: 'everybody', CARELOOP_LOG_LEVEL: 'error',
    };
    const settings = await choosePorts(readSettings(environment), environment);

    expect(readSettings(toEnvironment(settings))).toEqual(settings);
  });
});
