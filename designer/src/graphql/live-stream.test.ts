import { summarize } from './connection-state.ts';
import type { StreamHealth } from './connection-state.ts';
import { keepLive, reconnectDelayMs, type OpenStream } from './live-stream.ts';

interface Event {
  readonly cursor: string;
}

/** A stream whose server is played by the test, with a clock of its own. */
function rig() {
  const opened: { after: string | undefined; sink: Parameters<OpenStream<Event>>[1]; closed: boolean }[] = [];
  const timers: { run: () => void; delayMs: number; cancelled: boolean }[] = [];
  const events: string[] = [];
  const healths: StreamHealth[] = [];
  let nowMs = 0;
  let resumes = 0;
  const stop = keepLive<Event>({
    open: (after, sink) => {
      const connection = { after, sink, closed: false };
      opened.push(connection);
      return () => {
        connection.closed = true;
      };
    },
    onEvent: (event) => events.push(event.cursor),
    onResume: () => {
      resumes += 1;
    },
    onHealth: (health) => healths.push(health),
    now: () => nowMs,
    schedule: (run, delayMs) => {
      const timer = { run, delayMs, cancelled: false };
      timers.push(timer);
      return () => {
        timer.cancelled = true;
      };
    },
  });
  return { opened, timers, events, healths, stop, resumes: () => resumes, at: (ms: number) => { nowMs = ms; } };
}

describe('a live stream', () => {
  it('resumes behind the last cursor that it saw', () => {
    const { opened, timers, events, resumes } = rig();
    opened[0]?.sink.opened();
    opened[0]?.sink.next({ cursor: '7' });
    opened[0]?.sink.ended();
    timers[0]?.run();
    opened[1]?.sink.opened();
    opened[1]?.sink.next({ cursor: '8' });

    expect(opened.map(({ after }) => after)).toEqual([undefined, '7']);
    expect(events).toEqual(['7', '8']);
    expect(resumes()).toBe(1);
  });

  it('waits longer after each failure, and short again once it was heard', () => {
    const { opened, timers } = rig();
    opened[0]?.sink.ended();
    timers[0]?.run();
    opened[1]?.sink.ended();
    timers[1]?.run();
    opened[2]?.sink.opened();
    opened[2]?.sink.ended();

    expect(timers.map(({ delayMs }) => delayMs)).toEqual([500, 1_000, 500]);
    expect(reconnectDelayMs(20)).toBe(15_000);
  });

  it('reports one failure once, however often the transport says so', () => {
    const { opened, timers } = rig();
    opened[0]?.sink.ended();
    opened[0]?.sink.ended();

    expect(timers).toHaveLength(1);
  });

  it('is silent after it was stopped', () => {
    const { opened, timers, events, stop } = rig();
    stop();
    opened[0]?.sink.next({ cursor: '9' });
    opened[0]?.sink.ended();

    expect(opened[0]?.closed).toBe(true);
    expect(events).toEqual([]);
    expect(timers).toEqual([]);
  });
});

describe('the connection chip', () => {
  const live: StreamHealth = { open: true, lastHeardMs: 0, failingSinceMs: undefined };

  it('is live when every stream is, or none is needed', () => {
    expect(summarize([], 0)).toEqual({ kind: 'live' });
    expect(summarize([live, live], 0)).toEqual({ kind: 'live' });
    expect(summarize([live, { ...live, open: false }], 0)).toEqual({ kind: 'connecting' });
  });

  it('is lost at once on a device without network, whatever the streams still believe', () => {
    expect(summarize([live], 5_000, 2_000)).toEqual({ kind: 'lost', since: 2_000 });
  });

  it('shows the worst stream: late first, lost after 20 s', () => {
    const failing = { open: false, lastHeardMs: 0, failingSinceMs: 1_000 };

    expect(summarize([live, failing], 13_000)).toEqual({ kind: 'delayed', seconds: 12 });
    expect(summarize([live, failing], 21_000)).toEqual({ kind: 'lost', since: 1_000 });
  });
});
