import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const contentTypes: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
};
const compressible = new Set(['.js', '.css', '.json', '.svg', '.webmanifest', '.txt', '.wasm']);
/** Vite puts a hash of the content in these names. */
const hashedAsset = /^assets\/.+-[\w-]{8,}\.\w+$/;
const maximumCachedBytes = 64 * 1024 * 1024;
const compress = { br: promisify(brotliCompress), gzip: promisify(gzip) };

interface Prepared {
  readonly body: Buffer;
  readonly etag: string;
}

/** Stands in `index.html` where a page's own nonce goes. */
const noncePlaceholder = '{{style-nonce}}';

/**
 * Serves the built web app from `folder`; `policyOf` gives the content security policy of a page with its nonce. A path without a file is the app's own page (its router knows what it
 * means), unless it looks like a file. Compressed forms are made once and kept while they fit.
 */
export function createStaticFiles(folder: string, policyOf: (styleNonce: string) => string) {
  const prepared = new Map<string, Promise<Prepared>>();
  let cachedBytes = 0;

  async function prepare(path: string, encoding: 'br' | 'gzip', etag: string): Promise<Prepared> {
    const content = await readFile(path);
    const body = encoding === 'br' ? await compress.br(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }) : await compress.gzip(content);
    cachedBytes += body.length;
    return { body, etag };
  }

  return async function serve(request: IncomingMessage, response: ServerResponse, pathname: string): Promise<void> {
    const relative = relativePath(pathname);
    const found = relative === undefined ? undefined : await fileAt(folder, relative);
    const name = found && relative ? relative : 'index.html';
    const file = found ?? (relative !== undefined && extname(relative) === '' ? await fileAt(folder, 'index.html') : undefined);
    if (!file) {
      const isMissingApp = relative !== undefined && extname(relative) === '';
      response.writeHead(isMissingApp ? 503 : 404, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
      response.end(isMissingApp ? 'Expected the built web app, but it is not there. Build it with "npm run build".\n' : 'Not found\n');
      return;
    }
    const extension = extname(name);
    if (extension === '.html') return answerPage(request, response, await readFile(file.path, 'utf8'));
    const etag = `W/"${file.size.toString(16)}-${Math.floor(file.mtimeMs).toString(16)}"`;
    const headers: Record<string, string | number> = {
      'content-type': contentTypes[extension] ?? 'application/octet-stream',
      'cache-control': hashedAsset.test(name) ? 'public, max-age=31536000, immutable' : 'no-cache',
      etag,
      vary: 'accept-encoding',
    };
    if (request.headers['if-none-match'] === etag) return void response.writeHead(304, headers).end();

    const encoding = compressible.has(extension) && file.size > 1_024 ? acceptedEncoding(request.headers['accept-encoding']) : undefined;
    if (encoding === undefined || cachedBytes > maximumCachedBytes) {
      response.writeHead(200, { ...headers, 'content-length': file.size });
      if (request.method === 'HEAD') return void response.end();
      createReadStream(file.path).on('error', () => response.destroy()).pipe(response);
      return;
    }
    const key = `${encoding}:${etag}:${file.path}`;
    let ready = prepared.get(key);
    if (!ready) {
      ready = prepare(file.path, encoding, etag);
      prepared.set(key, ready);
      ready.catch(() => prepared.delete(key));
    }
    const { body } = await ready;
    response.writeHead(200, { ...headers, 'content-encoding': encoding, 'content-length': body.length });
    response.end(request.method === 'HEAD' ? undefined : body);
  };

  /** A page has a nonce that was never used before, so that no cache may keep it. */
  function answerPage(request: IncomingMessage, response: ServerResponse, page: string): void {
    const nonce = randomBytes(18).toString('base64');
    const body = Buffer.from(page.replaceAll(noncePlaceholder, nonce));
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'content-security-policy': policyOf(nonce), 'content-length': body.length });
    response.end(request.method === 'HEAD' ? undefined : body);
  }
}

/** The path below the folder; undefined for one that leaves it or cannot be read. */
function relativePath(pathname: string): string | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
  const relative = normalize(decoded).split(sep).filter((part) => part !== '').join('/');
  if (decoded.includes('\0') || decoded.includes('\\') || relative.split('/').some((part) => part === '..' || part.startsWith('.'))) return undefined;
  return relative;
}

async function fileAt(folder: string, relative: string): Promise<{ readonly path: string; readonly size: number; readonly mtimeMs: number } | undefined> {
  const path = join(folder, relative === '' ? 'index.html' : relative);
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() ? { path, size: found.size, mtimeMs: found.mtimeMs } : undefined;
}

function acceptedEncoding(header: string | string[] | undefined): 'br' | 'gzip' | undefined {
  const accepted = String(header ?? '').split(',').map((part) => part.trim()).filter((part) => !/;\s*q=0(?:\.0*)?$/.test(part)).map((part) => part.split(';')[0]);
  return accepted.includes('br') ? 'br' : accepted.includes('gzip') ? 'gzip' : undefined;
}
