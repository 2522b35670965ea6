import type { IncomingMessage, ServerResponse } from 'node:http';

/** Sends a JSON document. Nothing that a door answers may be kept by a cache. */
export function answerJson(response: ServerResponse, status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): void {
  const text = `${JSON.stringify(body)}\n`;
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', 'content-length': Buffer.byteLength(text), ...headers });
  response.end(text);
}

/** An answer in the form of a GraphQL error, for what is refused before GraphQL begins. */
export function answerGraphqlError(response: ServerResponse, status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}): void {
  answerJson(response, status, { errors: [{ message, extensions: { code } }] }, headers);
}

/** No door has this path. */
export function answerNotFound(response: ServerResponse): void {
  answerJson(response, 404, { code: 'NOT_FOUND', message: 'Expected a known path, but there is nothing here' });
}

/** The body as text, at most `maximumBytes`; undefined when it is longer. */
export async function readBody(request: IncomingMessage, maximumBytes: number): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maximumBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Node's headers as the platform's. */
export function headersOf(request: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) for (const one of Array.isArray(value) ? value : value === undefined ? [] : [value]) headers.append(name, one);
  return headers;
}

/** Whether the request came from this machine itself, not through a proxy. */
export function isLoopback(request: IncomingMessage): boolean {
  const address = request.socket.remoteAddress ?? '';
  const isLocal = address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.');
  return isLocal && request.headers['x-forwarded-for'] === undefined && request.headers['forwarded'] === undefined;
}
