/** Sessions of people: how long they live, which there are, and how they end. */
export { backgroundHeader, isOfPerson, sharedDeviceHeader } from './background.ts';
export { describeSession, endFormerSession } from './session-hooks.ts';
export { createSessionLife, usualIdleLimits, type EndReason, type IdleLimits, type PersonSession, type SessionClock, type SessionLife } from './session-life.ts';
