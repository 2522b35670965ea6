import { createContext } from 'react';
import { trustedFetch } from '../graphql/trusted-fetch.ts';

/** The person whose session the page has. */
export interface Holder {
  readonly id: string;
  readonly username: string;
  readonly displayName: string;
}

type Listener = () => void;

/**
 * Where requests wait while the session of an open page has ended: queries go on after signing in again, so that the page
 * stays as it is. Commands do not wait: what somebody wanted an hour ago may be wrong now.
 */
export class SessionGate {
  #holder: Holder | undefined;
  #isEnded = false;
  /** Within the gate, which has to see what is a command. */
  readonly #send = trustedFetch((input, init) => fetch(input, init));
  readonly #listeners = new Set<Listener>();

  readonly subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Whose session has ended on this page; undefined while it lasts. */
  readonly ended = (): Holder | undefined => (this.#isEnded ? this.#holder : undefined);

  opened(holder: Holder): void {
    this.#holder = holder;
  }

  /** The session is over. False where nobody was signed in on this page, so that there is nothing to come back to. */
  end(): boolean {
    if (this.#holder === undefined) return false;
    this.#set(true);
    return true;
  }

  /** The same person has signed in again. */
  resume(): void {
    this.#set(false);
  }

  /** `fetch` for the app's requests. */
  readonly fetch: typeof fetch = async (input, init) => {
    const canWait = !isCommand(init?.body);
    for (;;) {
      if (canWait) await this.#open(init?.signal);
      const response = await this.#send(input, init);
      if (response.status !== 401 || !this.end() || !canWait) return response;
    }
  };

  #set(isEnded: boolean): void {
    if (this.#isEnded === isEnded) return;
    this.#isEnded = isEnded;
    for (const listener of [...this.#listeners]) listener();
  }

  #open(signal: AbortSignal | null | undefined): Promise<void> {
    if (!this.#isEnded) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const give = (): void => {
        stop();
        reject(new DOMException('The request was given up', 'AbortError'));
      };
      const stop = this.subscribe(() => {
        if (this.#isEnded) return;
        stop();
        signal?.removeEventListener('abort', give);
        resolve();
      });
      signal?.addEventListener('abort', give, { once: true });
    });
  }
}

export const SessionGateContext = createContext<SessionGate | undefined>(undefined);

function isCommand(body: unknown): boolean {
  return typeof body === 'string' && /"query":"\s*mutation\b/.test(body.replaceAll('\\n', ' '));
}
