/** Requests to addresses that somebody configured or sent, without a way into this machine or the hospital's network. */
export { readAllowedTarget, type AllowedTarget } from './allowed-targets.ts';
export { createOutbound, type Outbound, type OutboundAnswer, type OutboundRequest } from './outbound.ts';
export { OutboundError, outboundCodeOf, type OutboundCode } from './outbound-error.ts';
