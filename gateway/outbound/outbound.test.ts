import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { createOutbound, readAllowedTarget, type OutboundRequest } from './index.ts';

let asked: IncomingMessage[] = [];
let answer: (request: IncomingMessage, response: ServerResponse) => void;
const server = createServer((request, response) => {
  asked.push(request);
  answer(request, response);
});
let port: number;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
beforeEach(() => {
  asked = [];
  answer = (_request, response) => response.end('secret of the inside');
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const allowing = (...entries: readonly string[]) => createOutbound({ allow: entries.map(readAllowedTarget) });
const here = (path = '/'): string => `http://127.0.0.1:${port}${path}`;
const local = () => allowing(`http://127.0.0.1:${port}`);
const codeOf = async (address: string, outbound = createOutbound(), request?: OutboundRequest): Promise<string> =>
  outbound.request(address, request).then(() => 'answered', (error: { code: string }) => error.code);

describe('a request to an allowed place', () => {
  it('is answered with status, headers and body', async () => {
    answer = (request, response) => response.writeHead(201, { 'X-Kind': 'a' }).end(`${request.method} ${request.headers['x-mine']}`);

    const { status, headers, body } = await local().request(here(), { method: 'POST', headers: { 'x-mine': 'yes' }, body: 'text' });

    expect([status, headers['x-kind'], body.toString()]).toEqual([201, 'a', 'POST yes']);
  });

  it('is allowed for one request alone', async () => {
    const outbound = createOutbound();

    expect(await codeOf(here(), outbound, { allow: [readAllowedTarget(`http://127.0.0.1:${port}`)] })).toBe('answered');
    expect(await codeOf(here(), outbound)).toBe('SCHEME_NOT_ALLOWED');
  });

  it('goes by no proxy of the environment', async () => {
    const before = { ...process.env };
    Object.assign(process.env, { http_proxy: 'http://127.0.0.1:9', HTTP_PROXY: 'http://127.0.0.1:9', NODE_USE_ENV_PROXY: '1' });

    const code = await codeOf(here(), local()).finally(() => (process.env = before));

    expect(code).toBe('answered');
  });
});

describe('a request to the inside', () => {
  const loopback = fc.integer({ min: 0x7f000000, max: 0x7fffffff }).chain((number) => {
    const parts = [24, 16, 8, 0].map((shift) => (number >>> shift) & 255);
    const spelled = parts.map((part) => fc.constantFrom(String(part), `0${part.toString(8)}`, `0x${part.toString(16)}`));
    const words = ((number >>> 16) & 0xffff).toString(16) + ':' + (number & 0xffff).toString(16);
    return fc.oneof(
      fc.tuple(...spelled).map((written) => written.join('.')),
      fc.constantFrom(String(number), `0x${number.toString(16)}`, `0${number.toString(8)}`, `127.${number & 0xffffff}`, `127.${parts[1]}.${number & 0xffff}`, `[::ffff:${parts.join('.')}]`, `[::ffff:${words}]`, `[0:0:0:0:0:ffff:${words}]`, `[64:ff9b::${words}]`, `[2002:${words}::]`, `[::${words}]`, `${parts.join('.')}.`, `１２７.${parts.slice(1).join('.')}`, `127%2e${parts.slice(1).join('.')}`),
    );
  });

  it('is refused however its address is spelled', async () => {
    await fc.assert(fc.asyncProperty(loopback, fc.constantFrom('', ':80', ':443', ':5432'), async (host, at) => {
      expect(['ADDRESS_INVALID', 'ADDRESS_NOT_ALLOWED']).toContain(await codeOf(`https://${host}${at}/`, createOutbound({ resolve: async () => [] })));
    }), { numRuns: 500 });
  });

  it('is refused by name, by every name of this machine, and where one address of many is inside', async () => {
    expect(await codeOf(`https://localhost:${port}/`)).toBe('ADDRESS_NOT_ALLOWED');
    expect(await codeOf('https://a.example/', createOutbound({ resolve: async () => ['8.8.8.8', '10.0.0.1'] }))).toBe('ADDRESS_NOT_ALLOWED');
    expect(await codeOf('https://a.example/', createOutbound({ resolve: async () => ['fd00::1'] }))).toBe('ADDRESS_NOT_ALLOWED');
    expect(asked).toHaveLength(0);
  });

  it('is refused at another port than the allowed one, and by http where https is allowed', async () => {
    expect(await codeOf(here(), allowing('http://127.0.0.1:1'))).toBe('ADDRESS_NOT_ALLOWED');
    expect(await codeOf(`https://127.0.0.1:${port}`, allowing('127.0.0.1:1'))).toBe('ADDRESS_NOT_ALLOWED');
    expect(await codeOf(here(), allowing('127.0.0.1'))).toBe('SCHEME_NOT_ALLOWED');
    expect(await codeOf('http://8.8.8.8/', local())).toBe('SCHEME_NOT_ALLOWED');
    expect(asked).toHaveLength(0);
  });

  it('gains nothing by a name that changes its address after the check', async () => {
    const answers = [['127.0.0.1'], ['10.0.0.1']];
    const rebinding = createOutbound({ allow: [readAllowedTarget(`http://127.0.0.1:${port}`)], resolve: async () => answers.shift() ?? [] });

    expect((await rebinding.request(`http://rebinding.example:${port}/`)).status).toBe(200);
    expect(answers).toHaveLength(1);
    expect(asked[0]?.headers.host).toBe(`rebinding.example:${port}`);
  });
});

describe('an address', () => {
  it.each([
    ['ftp://a.example/', 'SCHEME_NOT_ALLOWED'],
    ['file:///etc/passwd', 'SCHEME_NOT_ALLOWED'],
    ['http://a.example/', 'SCHEME_NOT_ALLOWED'],
    ['https://user:word@a.example/', 'CREDENTIALS_IN_ADDRESS'],
    ['https://127.0.0.1@a.example/', 'CREDENTIALS_IN_ADDRESS'],
    ['https:\\\\a.example/', 'ADDRESS_INVALID'],
    ['https://a.example\t/', 'ADDRESS_INVALID'],
    [' https://a.example/', 'ADDRESS_INVALID'],
    ['https://', 'ADDRESS_INVALID'],
    ['/only/a/path', 'ADDRESS_INVALID'],
    ['https://[::1%25lo]/', 'ADDRESS_INVALID'],
    ['https://8.8.8.010/', 'ADDRESS_INVALID'],
    ['https://134744072/', 'ADDRESS_INVALID'],
  ])('%j is refused with %s', async (address, code) => {
    expect(await codeOf(address, createOutbound({ resolve: async () => ['127.0.0.1'] }))).toBe(code);
  });

  it('of an unknown name is refused', async () => {
    expect(await codeOf('https://nothing.invalid/')).toBe('NAME_NOT_FOUND');
  });
});

describe('an answer', () => {
  it('that is too long is cut off, with a length and without', async () => {
    answer = (_request, response) => {
      response.writeHead(200);
      const more = setInterval(() => response.write('x'.repeat(1_000)), 1);
      response.on('close', () => clearInterval(more));
    };

    expect(await codeOf(here(), local(), { maximumBytes: 10_000 })).toBe('ANSWER_TOO_LARGE');
    answer = (_request, response) => response.end('x'.repeat(10_001));
    expect(await codeOf(here(), local(), { maximumBytes: 10_000 })).toBe('ANSWER_TOO_LARGE');
    expect(await codeOf(here(), local(), { maximumBytes: 10_001 })).toBe('answered');
  });

  it('that does not begin or does not end is given up in time', async () => {
    answer = () => undefined;
    expect(await codeOf(here(), local(), { timeoutMs: 150 })).toBe('TIMED_OUT');
    answer = (_request, response) => response.write('begun');
    expect(await codeOf(here(), local(), { timeoutMs: 150 })).toBe('TIMED_OUT');
    expect(await codeOf('https://slow.example/', createOutbound({ resolve: () => new Promise(() => undefined) }), { timeoutMs: 150 })).toBe('TIMED_OUT');
  });

  it('that breaks off says neither address nor text', async () => {
    answer = (_request, response) => response.socket?.destroy();

    const error: Error = await local().request(here('/path-of-the-inside')).then(() => new Error('answered'), (reason: Error) => reason);

    expect(error).toMatchObject({ code: 'NOT_REACHED' });
    expect(`${error.message} ${JSON.stringify(error)} ${String(error.cause)}`).not.toMatch(/path-of-the-inside|127\.0\.0\.1|secret/);
  });
});

describe('a redirect', () => {
  it('is an answer, where none is followed', async () => {
    answer = (_request, response) => response.writeHead(302, { location: 'https://10.0.0.1/' }).end();

    expect((await local().request(here())).status).toBe(302);
  });

  it('is checked like the first address', async () => {
    for (const location of ['http://127.0.0.1:1/', 'https://10.0.0.1/', 'https://[::1]/', '//169.254.169.254/latest', 'https://0x7f000001/', 'file:///etc/passwd', 'https://a:b@a.example/']) {
      answer = (_request, response) => response.writeHead(302, { location }).end();
      expect([location, await codeOf(here(), local(), { maximumRedirects: 3 })]).toEqual([location, expect.stringMatching(/^(ADDRESS|SCHEME)_NOT_ALLOWED$|^ADDRESS_INVALID$|^CREDENTIALS_IN_ADDRESS$/)]);
    }
  });

  it('is followed three times and not more', async () => {
    const hops = (count: number) => (request: IncomingMessage, response: ServerResponse) => {
      const hop = Number(request.url?.slice(1) || 0);
      if (hop < count) response.writeHead(302, { location: `/${hop + 1}` }).end();
      else response.end('there');
    };

    answer = hops(3);
    expect((await local().request(here(), { maximumRedirects: 3 })).body.toString()).toBe('there');
    answer = hops(4);
    expect(await codeOf(here(), local(), { maximumRedirects: 9 })).toBe('TOO_MANY_REDIRECTS');
    answer = hops(1);
    expect((await local().request(here(), { method: 'POST', maximumRedirects: 3 })).status).toBe(302);
  });

  it('takes no credentials to another origin', async () => {
    answer = (request, response) => (request.url === '/' ? response.writeHead(302, { location: `http://localhost:${port}/there` }).end() : response.end());

    await allowing(`http://127.0.0.1:${port}`, `http://localhost:${port}`).request(here(), { maximumRedirects: 1, headers: { Authorization: 'Bearer x', cookie: 'a=b', 'x-kept': 'yes' } });

    expect(asked.map(({ headers }) => [headers.authorization, headers.cookie, headers['x-kept']])).toEqual([['Bearer x', 'a=b', 'yes'], [undefined, undefined, 'yes']]);
  });
});
