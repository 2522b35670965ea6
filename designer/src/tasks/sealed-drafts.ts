import { draftPrefix, keptForMs, namesIn, prefixOf, type DraftStore } from './drafts.ts';

/** A draft as it lies on the device: readable with the person's key alone. Both texts are base64. */
interface Envelope {
  readonly savedAtMs: number;
  readonly iv: string;
  readonly sealed: string;
}

/**
 * Drafts of the person who is signed in. They are in memory, and beside it on the device, encrypted (AES-256-GCM) with a key that the
 * gateway gives that person with each session: the same person finds them after a crash, the next one at the computer finds nothing to
 * read. Where the browser has no Web Crypto (plain HTTP), or there is no key, they are in memory alone.
 */
export class SealedDrafts implements DraftStore {
  readonly #memory = new Map<string, string>();
  #storage: DraftStore | undefined;
  #key: CryptoKey | undefined;
  #writing: Promise<void> = Promise.resolve();

  /** Reads the person's drafts with their key (32 bytes, base64url); what the key does not open is removed. */
  async open(storage: DraftStore, personId: string, keyText: string | null): Promise<void> {
    this.#memory.clear();
    this.#storage = storage;
    this.#key = await importKey(keyText);
    for (const name of namesIn(storage, prefixOf(personId))) {
      const text = this.#key && (await unseal(this.#key, name, envelopeIn(storage.getItem(name))));
      if (text !== undefined) this.#memory.set(name, text);
      else if (this.#key) storage.removeItem(name);
    }
  }

  /** Takes over what another page of the same person has written or removed; `text` is null for the latter. */
  async follow(name: string, text: string | null): Promise<void> {
    const known = this.#key && (await unseal(this.#key, name, envelopeIn(text)));
    if (known !== undefined) this.#memory.set(name, known);
    else if (text === null) this.#memory.delete(name);
  }

  /** From here on nothing is written: the person has left. */
  close(): void {
    this.#memory.clear();
    this.#key = undefined;
  }

  get length(): number {
    return this.#memory.size;
  }

  key(index: number): string | null {
    return [...this.#memory.keys()][index] ?? null;
  }

  getItem(name: string): string | null {
    return this.#memory.get(name) ?? null;
  }

  setItem(name: string, text: string): void {
    this.#memory.set(name, text);
    this.#writing = this.#writing.then(() => this.#write(name));
  }

  removeItem(name: string): void {
    this.#memory.delete(name);
    this.#storage?.removeItem(name);
  }

  /** Once everything that was set lies on the device. */
  written(): Promise<void> {
    return this.#writing;
  }

  async #write(name: string): Promise<void> {
    const [storage, key, text] = [this.#storage, this.#key, this.#memory.get(name)];
    if (storage === undefined || key === undefined || text === undefined) return;
    const savedAtMs = Date.now();
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: boundTo(name, savedAtMs) }, key, new TextEncoder().encode(text));
    // Removed, or changed again, meanwhile.
    if (this.#memory.get(name) !== text || this.#storage !== storage || this.#key !== key) return;
    try {
      storage.setItem(name, JSON.stringify({ savedAtMs, iv: base64Of(iv), sealed: base64Of(new Uint8Array(sealed)) } satisfies Envelope));
    } catch {
      // A full or forbidden store must not stop the work; the input is still on the screen.
    }
  }
}

/** The drafts of this page. */
export const sealedDrafts = new SealedDrafts();

/** Has the page follow what other pages on this device do; gives the function that ends it. */
export function followOtherPages(drafts: SealedDrafts): () => void {
  const heard = ({ key, newValue }: StorageEvent): void => void (key?.startsWith(draftPrefix) && drafts.follow(key, newValue));
  window.addEventListener('storage', heard);
  return () => window.removeEventListener('storage', heard);
}

/** Removes everybody's drafts that are older than 24 hours, and those that are not encrypted: devices are shared. */
export function forgetOldDrafts(storage: DraftStore, nowMs: number): void {
  for (const name of namesIn(storage, draftPrefix)) {
    const envelope = envelopeIn(storage.getItem(name));
    if (envelope === undefined || nowMs - envelope.savedAtMs >= keptForMs) storage.removeItem(name);
  }
}

async function importKey(text: string | null): Promise<CryptoKey | undefined> {
  // Absent over plain HTTP, whatever the types say.
  const subtle = crypto.subtle as SubtleCrypto | undefined;
  if (text === null || subtle === undefined) return undefined;
  return subtle.importKey('raw', bytesOf(text.replaceAll('-', '+').replaceAll('_', '/')), 'AES-GCM', false, ['encrypt', 'decrypt']);
}

async function unseal(key: CryptoKey, name: string, envelope: Envelope | undefined): Promise<string | undefined> {
  if (envelope === undefined) return undefined;
  try {
    return new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: bytesOf(envelope.iv), additionalData: boundTo(name, envelope.savedAtMs) }, key, bytesOf(envelope.sealed)));
  } catch {
    return undefined;
  }
}

/** A draft is of this name and age: another's cannot be put in its place. */
function boundTo(name: string, savedAtMs: number): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${name}\n${savedAtMs}`);
}

function envelopeIn(text: string | null): Envelope | undefined {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    if (typeof value !== 'object' || value === null || !('savedAtMs' in value) || !('iv' in value) || !('sealed' in value)) return undefined;
    const { savedAtMs, iv, sealed } = value;
    return typeof savedAtMs === 'number' && typeof iv === 'string' && typeof sealed === 'string' ? { savedAtMs, iv, sealed } : undefined;
  } catch {
    return undefined;
  }
}

const base64Of = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
const bytesOf = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
