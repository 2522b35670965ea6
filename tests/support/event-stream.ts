import { setTimeout as sleep } from 'node:timers/promises';
import type { As, RunningGateway } from './running-gateway.ts';

/** One subscription over server-sent events, as a test reads it. */
export interface EventStream {
  /** The next message; `silent` when none came in time. */
  next(timeoutMs?: number): Promise<{ readonly data?: Record<string, { readonly cursor: string } & Record<string, unknown>>; readonly errors?: unknown } | 'ended' | 'silent'>;
  close(): void;
}

/** Subscribes as somebody. */
export async function openStream({ url }: Pick<RunningGateway, 'url'>, as: As, query: string, variables: object = {}): Promise<EventStream> {
  const abort = new AbortController();
  const response = await fetch(`${url}/graphql`, { method: 'POST', signal: abort.signal, headers: { ...as, 'content-type': 'application/json', accept: 'text/event-stream' }, body: JSON.stringify({ query, variables }) });
  const messages: (object | 'ended')[] = [];
  let wake: () => void = () => undefined;
  void (async () => {
    let text = '';
    try {
      for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
        text += Buffer.from(chunk).toString('utf8');
        for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
          const data = /^data: (.+)$/m.exec(text.slice(0, end))?.[1];
          const isComplete = /^event: complete$/m.test(text.slice(0, end));
          text = text.slice(end + 2);
          if (data !== undefined && !isComplete) messages.push(JSON.parse(data) as object);
          wake();
        }
      }
    } catch {
      // Closed by the test.
    }
    messages.push('ended');
    wake();
  })();
  return {
    async next(timeoutMs = 5_000) {
      const deadline = Date.now() + timeoutMs;
      while (messages.length === 0 && Date.now() < deadline) await Promise.race([sleep(deadline - Date.now(), undefined, { ref: false }), new Promise<void>((resolve) => (wake = resolve))]);
      return (messages.shift() ?? 'silent') as Awaited<ReturnType<EventStream['next']>>;
    },
    close: () => abort.abort(),
  };
}
