import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import type { EffectLog } from './effects.ts';
import { switchesSchema, type SwitchBoard } from './switches.ts';

const changeSchema = z.strictObject({ his: switchesSchema.partial().optional(), cabinet: switchesSchema.partial().optional() });
const maximumBodyBytes = 65_536;

export interface Boards {
  readonly his: SwitchBoard;
  readonly cabinet: SwitchBoard;
}

/** The simulators' own desk, on loopback: GET /effects, GET and POST /switches, GET /healthz. JSON throughout. */
export async function startControl(port: number, effects: EffectLog, boards: Boards): Promise<{ readonly port: number; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    handle(request, effects, boards).then(
      ({ status, body }) => reply(response, status, body),
      () => reply(response, 400, { error: 'Expected a JSON object with switches, but found something else' }),
    );
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  // Listening on TCP: the address is an object.
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

async function handle(request: IncomingMessage, effects: EffectLog, boards: Boards): Promise<{ status: number; body: unknown }> {
  // A page in a browser has no business here.
  if (request.headers.origin !== undefined) return { status: 403, body: { error: 'Expected a program on this machine, but a web page asked' } };
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const current = (): object => ({ his: boards.his.current, cabinet: boards.cabinet.current });
  switch (`${request.method ?? ''} ${pathname}`) {
    case 'GET /healthz':
      return { status: 200, body: { status: 'ok' } };
    case 'GET /effects': {
      const system = searchParams.get('system');
      return { status: 200, body: { effects: effects.all().filter((effect) => system === null || effect.system === system) } };
    }
    case 'GET /switches':
      return { status: 200, body: current() };
    case 'POST /switches': {
      const change = changeSchema.safeParse(JSON.parse(await readBody(request)));
      if (!change.success) return { status: 400, body: { error: `Expected known switches, but ${change.error.issues[0]?.path.join('.') ?? 'the body'}: ${change.error.issues[0]?.message ?? 'is invalid'}` } };
      for (const system of ['his', 'cabinet'] as const) {
        const wanted = Object.fromEntries(Object.entries(change.data[system] ?? {}).filter(([, value]) => value !== undefined));
        boards[system].current = { ...boards[system].current, ...wanted };
      }
      return { status: 200, body: current() };
    }
    default:
      return { status: 404, body: { error: 'Expected GET /effects, GET /switches, POST /switches or GET /healthz, but found another request' } };
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maximumBodyBytes) throw new Error('Expected a short body, but it is long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(body)}\n`);
}
