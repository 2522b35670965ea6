import { lookup as systemLookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, request as undiciRequest } from 'undici';
import { bareHost, targetsOfAddress, targetsOfName, type AllowedTarget } from './allowed-targets.ts';
import { OutboundError, outboundCodeOf, type OutboundCode } from './outbound-error.ts';
import { isPublicAddress } from './public-address.ts';

export interface OutboundRequest {
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Allowed for this request beside what the installation allows. */
  readonly allow?: readonly AllowedTarget[];
  /** Of the answer's body; 1 MiB when absent. */
  readonly maximumBytes?: number;
  /** For everything: names, connections, redirects, the whole body. 10 s when absent. */
  readonly timeoutMs?: number;
  /** 0 when absent: a redirect is then an answer like others. At most 3; followed for GET and HEAD alone. */
  readonly maximumRedirects?: number;
}

/** Header names are in small letters; of a repeated header, the values joined by a comma. */
export interface OutboundAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface OutboundOptions {
  /** What may be reached beside the public internet. */
  readonly allow?: readonly AllowedTarget[];
  /** All addresses of a host name; the system's resolver when absent. */
  readonly resolve?: (host: string) => Promise<readonly string[]>;
}

/**
 * The one way out: requests to addresses that somebody configured or sent. Fails with an `OutboundError`. The name is resolved once and
 * the connection goes to an address that was checked, so that a name which changes its mind between check and
 * connection gains nothing. Proxies of the environment are not used: they would resolve for themselves.
 */
export interface Outbound {
  request(address: string, request?: OutboundRequest): Promise<OutboundAnswer>;
}

const followed: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** Headers that go to the first origin alone. */
const personal: ReadonlySet<string> = new Set(['authorization', 'cookie', 'proxy-authorization']);

/** Makes the way out of one process. */
export function createOutbound({ allow = [], resolve = resolveBySystem }: OutboundOptions = {}): Outbound {
  return {
    async request(address, { method = 'GET', headers = {}, body, allow: also = [], maximumBytes = 1024 * 1024, timeoutMs = 10_000, maximumRedirects = 0 } = {}) {
      const targets = [...allow, ...also];
      const signal = AbortSignal.timeout(timeoutMs);
      const maximumHops = method === 'GET' || method === 'HEAD' ? Math.min(maximumRedirects, 3) : 0;
      let url = readAddress(address);
      let sent = headers;
      for (let hops = 0; ; hops++) {
        const answer = await once(url, { method, headers: sent, ...(body === undefined ? {} : { body }) }, { targets, resolve, maximumBytes, signal });
        const location = answer.headers['location'];
        if (maximumHops === 0 || !followed.has(answer.status) || location === undefined) return answer;
        if (hops === maximumHops) throw new OutboundError('TOO_MANY_REDIRECTS');
        const next = readAddress(location, url);
        if (next.origin !== url.origin) sent = Object.fromEntries(Object.entries(sent).filter(([name]) => !personal.has(name.toLowerCase())));
        url = next;
      }
    },
  };
}

interface Bounds {
  readonly targets: readonly AllowedTarget[];
  readonly resolve: (host: string) => Promise<readonly string[]>;
  readonly maximumBytes: number;
  readonly signal: AbortSignal;
}

/** One request without redirects, by a connection of its own: no other request's allowance is inherited through a pool. */
async function once(url: URL, { method, headers, body }: Pick<OutboundRequest, 'headers' | 'body'> & { readonly method: NonNullable<OutboundRequest['method']> }, { targets, resolve, maximumBytes, signal }: Bounds): Promise<OutboundAnswer> {
  let agent: Agent | undefined;
  try {
    const addresses = await addressesOf(url, targets, resolve, signal);
    agent = new Agent({ connect: { lookup: answering(addresses) }, pipelining: 0, maxHeaderSize: 32 * 1024 });
    const response = await undiciRequest(url, { dispatcher: agent, method, signal, headers: { 'accept-encoding': 'identity', ...headers }, ...(body === undefined ? {} : { body }) });
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of response.body as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > maximumBytes) throw new OutboundError('ANSWER_TOO_LARGE');
      chunks.push(chunk);
    }
    return { status: response.statusCode, headers: flat(response.headers), body: Buffer.concat(chunks) };
  } catch (error) {
    throw new OutboundError(codeOf(error, signal));
  } finally {
    // Not close(): that would wait for the rest of an answer which is too long.
    await agent?.destroy();
  }
}

function codeOf(error: unknown, signal: AbortSignal): OutboundCode {
  return outboundCodeOf(error) ?? (signal.aborted ? 'TIMED_OUT' : 'NOT_REACHED');
}

/** Reads an address, also one relative to `base`. An IPv4 host stands as four decimal numbers: octal, hexadecimal and short spellings are refused. */
function readAddress(address: string, base?: URL): URL {
  // The URL standard takes these out or turns them round without a word, so that two readers read two hosts.
  if (/[\s\\\p{Cc}]/u.test(address) || !URL.canParse(address, base)) throw new OutboundError('ADDRESS_INVALID');
  const url = new URL(address, base);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new OutboundError('SCHEME_NOT_ALLOWED');
  if (url.username !== '' || url.password !== '') throw new OutboundError('CREDENTIALS_IN_ADDRESS');
  const written = /^(?:https?:)?\/\/([^/?#]*)/i.exec(address)?.[1];
  if (written !== undefined && isIP(url.hostname) === 4 && written.replace(/:\d*$/, '') !== url.hostname) throw new OutboundError('ADDRESS_INVALID');
  return url;
}

/** The addresses to connect to. Every address of a name must be allowed, or none is used. */
async function addressesOf(url: URL, targets: readonly AllowedTarget[], resolve: Bounds['resolve'], signal: AbortSignal): Promise<readonly string[]> {
  const isPlain = url.protocol === 'http:';
  const host = bareHost(url.hostname);
  const port = url.port === '' ? (isPlain ? 80 : 443) : Number(url.port);
  const byName = targetsOfName(targets, host, port);
  const isLiteral = isIP(host) !== 0;
  // Without an entry that speaks of plain http, none is asked for: not even the resolver.
  if (isPlain && !targets.some((target) => target.isPlainHttp)) throw new OutboundError('SCHEME_NOT_ALLOWED');
  const addresses = isLiteral ? [host] : await Promise.race([resolve(host), aborted(signal)]);
  if (addresses.length === 0) throw new OutboundError('NAME_NOT_FOUND');
  for (const address of addresses) {
    const entries = [...byName, ...targetsOfAddress(targets, address, port)];
    if (entries.length === 0 && !isPublicAddress(address)) throw new OutboundError('ADDRESS_NOT_ALLOWED');
    if (isPlain && !entries.some((entry) => entry.isPlainHttp)) throw new OutboundError('SCHEME_NOT_ALLOWED');
  }
  return addresses;
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new OutboundError('TIMED_OUT')), { once: true }));
}

/** A resolver for the connection that knows only the addresses which were checked. */
function answering(addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_host, options, callback) => {
    const fitting = all.filter(({ family }) => !options.family || options.family === family || options.family === `IPv${family}`);
    const [first] = fitting;
    if (first === undefined) callback(new OutboundError('NAME_NOT_FOUND'), '', 0);
    else if (options.all) callback(null, fitting);
    else callback(null, first.address, first.family);
  };
}

async function resolveBySystem(host: string): Promise<readonly string[]> {
  try {
    return (await systemLookup(host, { all: true })).map(({ address }) => address);
  } catch {
    throw new OutboundError('NAME_NOT_FOUND');
  }
}

function flat(headers: Readonly<Record<string, string | readonly string[] | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, typeof value === 'string' ? value : value.join(', ')]])));
}
