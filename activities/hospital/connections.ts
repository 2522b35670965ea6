import mqtt, { type MqttClient } from 'mqtt';

const clients = new Map<string, Promise<MqttClient>>();

/** How long a broker has to accept a connection. */
const connectTimeoutMs = 5_000;

/** The process's one MQTT client of a broker, connected; it reconnects by itself. Fails when the broker cannot be reached. */
export function mqttClient(url: string): Promise<MqttClient> {
  const known = clients.get(url);
  if (known) return known;
  // Without a queue of its own: a command that was not handed over has certainly not been carried out.
  const connecting = mqtt.connectAsync(url, { clean: true, connectTimeout: connectTimeoutMs, reconnectPeriod: 1_000, queueQoSZero: false }, false).then((client) => {
    // Lost connections are renewed by the client; without a listener they would end the process.
    client.on('error', () => undefined);
    return client;
  });
  clients.set(url, connecting);
  connecting.catch(() => clients.delete(url));
  return connecting;
}

/** Ends every connection to hospital systems; the next call opens new ones. */
export async function closeHospitalConnections(): Promise<void> {
  const open = [...clients.values()];
  clients.clear();
  await Promise.all(open.map((connecting) => connecting.then((client) => client.endAsync(true)).catch(() => undefined)));
}
