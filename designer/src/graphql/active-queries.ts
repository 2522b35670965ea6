import { mapExchange, type Client, type Exchange, type Operation } from 'urql';

/** The queries that something on the page shows, by their key. */
export class ActiveQueries {
  readonly #operations = new Map<number, Operation>();

  /** Notes what begins and ends; stands before the cache, so that it hears of all. */
  readonly exchange: Exchange = mapExchange({
    onOperation: (operation) => {
      if (operation.kind === 'query') this.#operations.set(operation.key, operation);
      if (operation.kind === 'teardown') this.#operations.delete(operation.key);
    },
  });

  /** Asks all of them again: what the viewer may see has changed. */
  refresh(client: Client): void {
    for (const operation of [...this.#operations.values()]) client.reexecuteOperation(client.createRequestOperation('query', operation, { ...operation.context, requestPolicy: 'network-only' }));
  }
}

/** Those of each client. */
const known = new WeakMap<Client, ActiveQueries>();

/** Says whose queries these are. */
export function keepActiveQueries(client: Client, queries: ActiveQueries): Client {
  known.set(client, queries);
  return client;
}

/** Asks everything on the page again. */
export function refreshQueries(client: Client): void {
  known.get(client)?.refresh(client);
}
