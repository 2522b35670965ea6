import type { ReactNode } from 'react';
import { useText } from '../i18n/use-text.ts';
import { stateKey, type State } from './state.ts';

/** The shape of a state in a 16 × 16 box; it takes its colour from the text. */
export function StateShape({ state, size = 16 }: { readonly state: State; readonly size?: number }): ReactNode {
  return (
    <svg className="state-shape" width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      {shapes[state]}
    </svg>
  );
}

const cross = <path d="M5.2 5.2l5.6 5.6M10.8 5.2l-5.6 5.6" stroke="var(--on-state)" strokeWidth="1.8" strokeLinecap="round" />;
const triangle = (
  <>
    <path d="M8 1.2L15.2 14.4H0.8z" fill="currentColor" />
    <path d="M8 6v4M8 12v.4" stroke="var(--on-state)" strokeWidth="1.6" strokeLinecap="round" />
  </>
);

const shapes: Readonly<Record<State, ReactNode>> = {
  running: (
    <>
      <circle cx="8" cy="8" r="6.4" fill="none" stroke="currentColor" strokeWidth="2" />
      <circle cx="8" cy="8" r="3" fill="currentColor" />
    </>
  ),
  done: (
    <>
      <circle cx="8" cy="8" r="7.4" fill="currentColor" />
      <path d="M4.6 8.3l2.3 2.3 4.5-4.9" fill="none" stroke="var(--on-state)" strokeWidth="1.8" strokeLinecap="round" strokeLinejoin="round" />
    </>
  ),
  attention: triangle,
  overdue: triangle,
  failed: (
    <>
      <path d="M5 .8h6L15.2 5v6L11 15.2H5L.8 11V5z" fill="currentColor" />
      {cross}
    </>
  ),
  unknown: (
    <>
      <path d="M8 .4L15.6 8 8 15.6.4 8z" fill="currentColor" />
      <path d="M6.3 6.5c0-2.4 3.5-2.3 3.5-.1 0 1.3-1.7 1.4-1.7 2.8M8.1 11.3v.3" fill="none" stroke="var(--on-state)" strokeWidth="1.4" strokeLinecap="round" />
    </>
  ),
  waiting: (
    <>
      <circle cx="8" cy="8" r="6.6" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <path d="M8 8V1.4A6.6 6.6 0 0 1 14.6 8z" fill="currentColor" />
    </>
  ),
  paused: (
    <>
      <rect x=".8" y=".8" width="14.4" height="14.4" rx="3" fill="currentColor" />
      <path d="M5.8 4.6v6.8M10.2 4.6v6.8" stroke="var(--on-state)" strokeWidth="2" strokeLinecap="round" />
    </>
  ),
  cancelled: (
    <>
      <circle cx="8" cy="8" r="6.6" fill="none" stroke="currentColor" strokeWidth="1.6" strokeDasharray="2.6 1.8" />
      <path d="M3.6 12.4l8.8-8.8" stroke="currentColor" strokeWidth="1.6" />
    </>
  ),
  idle: <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" strokeWidth="1.4" />,
};

export interface StateMarkProps {
  readonly state: State;
  /** Words instead of the state's own, for example `超时 12 分钟`. */
  readonly children?: ReactNode;
  /** Shape only; the word stands beside it already. */
  readonly bare?: boolean;
}

/** Shape, colour and word of a state. */
export function StateMark({ state, children, bare = false }: StateMarkProps): ReactNode {
  const { t } = useText();
  return (
    <span className={`state-mark state-${state}`} data-state={state}>
      <StateShape state={state} />
      {bare ? null : <span>{children ?? t(stateKey(state))}</span>}
    </span>
  );
}
