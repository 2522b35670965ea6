import { passkeyAddressOf } from './passkeys.ts';

it.each([
  ['https://careloop.hospital.example', { kind: 'usable', name: 'careloop.hospital.example' }],
  ['https://careloop.hospital.example:8443', { kind: 'usable', name: 'careloop.hospital.example' }],
  ['http://localhost:4000', { kind: 'usable', name: 'localhost' }],
  ['http://careloop.hospital.example', { kind: 'notSecure' }],
  ['http://127.0.0.1:4000', { kind: 'notAName' }],
  ['https://192.0.2.7', { kind: 'notAName' }],
  ['https://[2001:db8::7]', { kind: 'notAName' }],
])('browsers allow passkeys at %s as WebAuthn says', (baseUrl, address) => {
  expect(passkeyAddressOf(baseUrl)).toEqual(address);
});
