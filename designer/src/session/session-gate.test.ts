import { SessionGate } from './session-gate.ts';

const holder = { id: 'u', username: 'nurse', displayName: 'N' };
const query = { method: 'POST', body: JSON.stringify({ query: '\n  query Tasks { tasks { id } }' }) };
const command = { method: 'POST', body: JSON.stringify({ query: '\n    mutation Claim { claimTask { id } }' }) };

describe('the gate of a session', () => {
  const real = globalThis.fetch;
  let statuses: number[];
  let asked: number;
  beforeEach(() => {
    asked = 0;
    globalThis.fetch = () => {
      asked += 1;
      return Promise.resolve(new Response(null, { status: statuses.shift() ?? 200 }));
    };
  });
  afterEach(() => {
    globalThis.fetch = real;
  });
  const soon = () => new Promise((resolve) => setTimeout(resolve, 5));

  it('lets a query wait until the same person has signed in again, and asks once more', async () => {
    statuses = [401, 200];
    const gate = new SessionGate();
    gate.opened(holder);

    const answer = gate.fetch('/graphql', query);
    await soon();
    expect(gate.ended()).toEqual(holder);
    expect(asked).toBe(1);
    gate.resume();

    expect((await answer).status).toBe(200);
    expect(gate.ended()).toBeUndefined();
  });

  it('sends no query while the session is over', async () => {
    statuses = [];
    const gate = new SessionGate();
    gate.opened(holder);
    gate.end();

    const answer = gate.fetch('/graphql', query);
    await soon();
    expect(asked).toBe(0);
    gate.resume();
    await answer;

    expect(asked).toBe(1);
  });

  it('never repeats a command', async () => {
    statuses = [401];
    const gate = new SessionGate();
    gate.opened(holder);

    expect((await gate.fetch('/graphql', command)).status).toBe(401);
    gate.resume();
    await soon();
    expect(asked).toBe(1);
  });

  it('has nothing to come back to where nobody was signed in', async () => {
    statuses = [401];
    const gate = new SessionGate();

    expect((await gate.fetch('/graphql', query)).status).toBe(401);
    expect(gate.ended()).toBeUndefined();
  });

  it('forgets a query that was given up', async () => {
    statuses = [];
    const gate = new SessionGate();
    gate.opened(holder);
    gate.end();
    const abort = new AbortController();

    const answer = gate.fetch('/graphql', { ...query, signal: abort.signal });
    abort.abort();

    await expect(answer).rejects.toThrow(/given up/);
    gate.resume();
    await soon();
    expect(asked).toBe(0);
  });
});
