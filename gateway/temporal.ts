import { Client } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import type { DataConverter } from '@temporalio/common';
import { createPayloadCodec, createPayloadStore, type KeyStore } from '#activities';
import type { Database } from '#database';

/** One native connection for a process's client and its worker: a third cheaper than a connection each. */
export interface Temporal {
  readonly client: Client;
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly dataConverter: DataConverter;
  close(): Promise<void>;
}

/** Key scope of what stands in Temporal's histories. */
const payloadScope = 'temporal-payloads';

/** The data converter of every client and worker: payloads leave the process encrypted. */
export function createDataConverter(database: Database, keys: KeyStore): DataConverter {
  const codec = createPayloadCodec({ current: () => keys.keyFor(payloadScope), byId: (keyId) => keys.byId(keyId) }, createPayloadStore(database));
  return { payloadCodecs: [codec] };
}

let isRuntimeInstalled = false;

/** The SDK's own log, once a process: state changes of workers are not news; how a process ends is its entry's business. */
function installRuntime(): void {
  if (isRuntimeInstalled) return;
  isRuntimeInstalled = true;
  Runtime.install({ logger: new DefaultLogger('WARN'), shutdownSignals: [] });
}

/** Connects to the Temporal frontend; rejects with a sentence when it does not answer. */
export async function connectTemporal({ address, namespace, database, keys }: { readonly address: string; readonly namespace: string; readonly database: Database; readonly keys: KeyStore }): Promise<Temporal> {
  installRuntime();
  const connection = await NativeConnection.connect({ address }).catch(() => {
    throw new Error(`Expected a Temporal frontend at ${address}, but nothing answered. Start it, or correct TEMPORAL_ADDRESS.`);
  });
  const dataConverter = createDataConverter(database, keys);
  return {
    client: new Client({ connection, namespace, dataConverter }),
    connection,
    namespace,
    dataConverter,
    close: () => connection.close(),
  };
}
