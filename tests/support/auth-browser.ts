import { Agent, fetch, type Headers } from 'undici';

/** What a browser keeps and sends at the sign-in doors of a gateway: cookies, and the origin of our own pages. */
export interface AuthAnswer {
  readonly status: number;
  // Tests read answers of many shapes; what is not there fails the assertion.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
  readonly headers: Headers;
}

export class AuthBrowser {
  readonly #cookies = new Map<string, string>();
  readonly #url: string;
  readonly #origin: string;
  readonly #address: string;

  /** `address`: from which of this machine's loopback addresses (127.0.0.0/8) it calls. */
  constructor(url: string, origin: string, address = '127.0.0.1') {
    this.#url = url;
    this.#origin = origin;
    this.#address = address;
  }

  /** The value of the session cookie, to see that it changes. */
  get session(): string | undefined {
    return this.#cookies.get('careloop.session_token');
  }

  get headers(): { readonly cookie: string } {
    return { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
  }

  /** Another browser with the same cookies. */
  copy(): AuthBrowser {
    const copy = new AuthBrowser(this.#url, this.#origin, this.#address);
    for (const [name, value] of this.#cookies) copy.#cookies.set(name, value);
    return copy;
  }

  async post(path: string, body: object = {}, headers: Readonly<Record<string, string>> = {}): Promise<AuthAnswer> {
    const response = await fetch(`${this.#url}/api/auth${path}`, { dispatcher: dispatcherOf(this.#address), method: 'POST', headers: { 'content-type': 'application/json', origin: this.#origin, ...this.headers, ...headers }, body: JSON.stringify(body) });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      const at = pair.indexOf('=');
      const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
      if (value === '' || /max-age=0/i.test(cookie)) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text), headers: response.headers };
  }
}

const dispatchers = new Map<string, Agent>();

function dispatcherOf(localAddress: string): Agent {
  const known = dispatchers.get(localAddress) ?? new Agent({ localAddress, keepAliveTimeout: 1_000 });
  dispatchers.set(localAddress, known);
  return known;
}
