import { Button, Modal } from 'antd';
import { use, useEffect, useState, type ReactNode } from 'react';
import { requestHeaders } from '../graphql/client.ts';
import { trustedFetch } from '../graphql/trusted-fetch.ts';
import { useText } from '../i18n/use-text.ts';
import { sessionClockQuery } from './documents.ts';
import { idleStep, touchEveryMs, type SessionClock } from './idle.ts';
import { notePresence } from './presence.ts';
import { SessionGateContext, type SessionGate } from './session-gate.ts';

interface Warning {
  readonly endsAtMs: number;
  readonly isFinal: boolean;
}

/** What shows that somebody is there. A pointer that moves may lie on a table that shakes. */
const inputs = ['keydown', 'pointerdown', 'wheel', 'touchstart'] as const;
/** Without an answer the page asks again after this. */
const askAgainMs = 15_000;

/** Warns before the session ends because nobody works, and goes on with any key; at the end it closes the gate. */
export function IdleWatch(): ReactNode {
  const gate = use(SessionGateContext);
  const [warning, setWarning] = useState<Warning | undefined>();
  useEffect(() => (gate === undefined ? undefined : watch(gate, setWarning)), [gate]);
  return warning === undefined ? null : <IdleWarning key={warning.endsAtMs} {...warning} />;
}

function IdleWarning({ endsAtMs, isFinal }: Warning): ReactNode {
  const { t } = useText();
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <Modal open title={t('idle.title')} closable={false} mask={{ closable: false }} footer={isFinal ? null : <Button type="primary" autoFocus>{t('idle.goOn')}</Button>}>
      <p role="timer" data-idle-warning>{t(isFinal ? 'idle.final' : 'idle.soon', { seconds: Math.max(0, Math.ceil((endsAtMs - nowMs) / 1_000)) })}</p>
      <p className="muted">{t('idle.kept')}</p>
    </Modal>
  );
}

/** Follows the server's clock for as long as the page is open; gives how to stop. */
function watch(gate: SessionGate, show: (warning: Warning | undefined) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let toldAtMs = Date.now();
  let everyMs = touchEveryMs(0);
  let isStopped = false;

  async function look(isPerson: boolean): Promise<void> {
    clearTimeout(timer);
    if (isPerson) toldAtMs = Date.now();
    const clock = await readClock(isPerson);
    if (isStopped || gate.ended() !== undefined) return;
    clearTimeout(timer);
    if (clock === undefined) {
      timer = setTimeout(() => void look(false), askAgainMs);
      return;
    }
    const step = clock === 'ended' ? ({ kind: 'end' } as const) : idleStep(clock);
    if (clock !== 'ended') everyMs = touchEveryMs(clock.idleSeconds);
    show(step.kind === 'warn' ? { endsAtMs: Date.now() + step.secondsLeft * 1_000, isFinal: step.isFinal } : undefined);
    if (step.kind === 'end') gate.end();
    else timer = setTimeout(() => void look(false), step.kind === 'wait' ? step.lookAgainMs : step.secondsLeft * 1_000 + 300);
  }

  const onInput = (): void => {
    const now = Date.now();
    notePresence(now);
    if (now - toldAtMs >= everyMs && gate.ended() === undefined) void look(true);
  };
  // A new session has a new clock.
  const unsubscribe = gate.subscribe(() => (gate.ended() === undefined ? void look(true) : show(undefined)));
  for (const name of inputs) window.addEventListener(name, onInput, { capture: true, passive: true });
  void look(false);
  return () => {
    isStopped = true;
    clearTimeout(timer);
    unsubscribe();
    for (const name of inputs) window.removeEventListener(name, onInput, { capture: true });
  };
}

/** Asked beside the cache. `isPerson`: because somebody did something. Undefined when there was no answer. */
async function readClock(isPerson: boolean): Promise<SessionClock | 'ended' | undefined> {
  try {
    const { 'x-careloop-background': _mark, ...headers } = requestHeaders();
    const response = await trustedFetch((input, init) => fetch(input, init))('/graphql', {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json', ...headers, ...(isPerson ? {} : { 'x-careloop-background': '1' }) },
      body: JSON.stringify({ query: sessionClockQuery }),
    });
    if (response.status === 401) return 'ended';
    // The shape that was asked for; null when the session ended meanwhile.
    const { data } = (await response.json()) as { readonly data?: { readonly viewer?: { readonly session: SessionClock | null } | null } | null };
    return data?.viewer ? (data.viewer.session ?? 'ended') : undefined;
  } catch {
    return undefined;
  }
}
