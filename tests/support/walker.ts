/** What a walk came to. `url` as a browser's address bar would show it. */
export interface Arrival {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly host: string;
  readonly path: string;
}

/** A browser as far as redirects and cookies go: each kept for its host and path, as RFC 6265 §5 says. */
export interface Walker {
  /** Follows redirects until there is none. */
  get(url: string): Promise<Arrival>;
  post(url: string, form: Readonly<Record<string, string>>): Promise<Arrival>;
  /** One request, whose redirect is not followed. */
  hop(url: string, init?: RequestInit): Promise<Arrival>;
  /** The cookie header for a place. */
  cookies(url: string): string;
}

/** Makes a walker. `places` says at which origin one that is only a name is really found. */
export function createWalker(places: Readonly<Record<string, string>> = {}): Walker {
  let jar: readonly Cookie[] = [];

  const cookies = (url: string): string => {
    const { hostname, pathname } = new URL(url);
    const fits = ({ host, path }: Cookie) => host === hostname && (path === '/' || pathname === path || pathname.startsWith(`${path}/`));
    return jar.filter(fits).map(({ name, value }) => `${name}=${value}`).join('; ');
  };

  function keep(url: string, line: string): void {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
    const given = Object.fromEntries(attributes.map((attribute) => attribute.split('=')).map(([name = '', value = '']) => [name.toLowerCase(), value]));
    const { hostname, pathname } = new URL(url);
    const cookie = { name: pair.slice(0, pair.indexOf('=')), value: pair.slice(pair.indexOf('=') + 1), host: hostname, path: given['path'] ?? (pathname.replace(/\/[^/]*$/, '') || '/') };
    jar = jar.filter(({ name, host, path }) => name !== cookie.name || host !== cookie.host || path !== cookie.path);
    const isOver = given['max-age'] === '0' || (given['expires'] !== undefined && Date.parse(given['expires']) <= Date.now());
    if (!isOver) jar = [...jar, cookie];
  }

  async function hop(url: string, init: RequestInit = {}): Promise<Arrival> {
    const { origin, pathname, search } = new URL(url);
    const cookie = cookies(url);
    const response = await fetch(`${places[origin] ?? origin}${pathname}${search}`, { ...init, redirect: 'manual', headers: { ...(cookie === '' ? {} : { cookie }), ...(init.headers as Record<string, string>) } });
    for (const line of response.headers.getSetCookie()) keep(url, line);
    return { url, status: response.status, headers: response.headers, body: await response.text() };
  }

  async function walk(url: string, init?: RequestInit): Promise<Arrival> {
    let arrival = await hop(url, init);
    for (let steps = 0; steps < 15; steps++) {
      const location = arrival.status >= 300 && arrival.status < 400 ? arrival.headers.get('location') : null;
      if (location === null) return arrival;
      arrival = await hop(new URL(location, arrival.url).href);
    }
    throw new Error('Expected redirects to end, but there were more than fifteen.');
  }

  return {
    hop,
    cookies,
    get: (url) => walk(url),
    post: (url, form) => walk(url, { method: 'POST', body: new URLSearchParams(form), headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
  };
}

/** Sends the one form of a page on, as its button does, with what a person typed. */
export async function submitForm(walker: Walker, { url, body }: Arrival, typed: Readonly<Record<string, string>> = {}): Promise<Arrival> {
  const action = /<form[^>]*action="([^"]*)"/.exec(body)?.[1];
  if (action === undefined) throw new Error(`Expected a form at ${new URL(url).pathname}, but there is none.`);
  const hidden = [...body.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([tag]) => [/name="([^"]*)"/.exec(tag)?.[1] ?? '', /value="([^"]*)"/.exec(tag)?.[1] ?? '']);
  return walker.post(new URL(action, url).href, { ...Object.fromEntries(hidden), ...typed });
}
