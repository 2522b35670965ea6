/** HL7 v2 as bytes and text: framing, character sets, parsing, acknowledgements. Knows nothing of orders. */
export { locationText, supportedVersions, writeAcknowledgement } from './acknowledgement.ts';
export { charsetName, decodeMessage, encodeText, type Charset } from './charset.ts';
export { escapeText } from './escape-sequences.ts';
export { peekHeader, type MessageHeader } from './header.ts';
export { Hl7Refusal, type ErrorLocation } from './hl7-refusal.ts';
export { optionalSegment, parseMessage, repetitionsOf, requireSegment, requireValue, segmentsOf, valueOf, type Message, type Segment, type ValuePath } from './message.ts';
export { createMllpFramer, frame, maximumFrameBytes, type FrameTrouble } from './mllp-framer.ts';
export { formatTimestamp, parseTimestamp } from './timestamp.ts';
