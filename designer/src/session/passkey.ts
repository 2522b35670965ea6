import { authRefusal, callAuthDoor, type AuthAnswer, type AuthRefusal } from './auth-door.ts';

/** What browsers have of WebAuthn Level 3 §5.1 beside the types that we compile with. */
interface JsonPasskeys {
  parseCreationOptionsFromJSON(options: PublicKeyCredentialCreationOptionsJSON): PublicKeyCredentialCreationOptions;
  parseRequestOptionsFromJSON(options: PublicKeyCredentialRequestOptionsJSON): PublicKeyCredentialRequestOptions;
  isConditionalMediationAvailable?(): Promise<boolean>;
}

/** Why this page can use no passkey. `address`: opened by a number, without https, or by another name than the product's. */
export type PasskeyObstacle = 'address' | 'browser';

/** What stands in the way of passkeys here; undefined when nothing does. */
export function passkeyObstacle(): PasskeyObstacle | undefined {
  if (!window.isSecureContext || /^[\d.]+$|^\[/.test(window.location.hostname)) return 'address';
  return typeof PublicKeyCredential === 'function' && 'parseRequestOptionsFromJSON' in PublicKeyCredential ? undefined : 'browser';
}

// Only after `passkeyObstacle` has found nothing.
const json = (): JsonPasskeys => PublicKeyCredential as unknown as JsonPasskeys;

/** Whether the browser offers passkeys in the list under the user name. */
export async function offersPasskeysInField(): Promise<boolean> {
  return passkeyObstacle() === undefined && (await json().isConditionalMediationAvailable?.()) === true;
}

/** Signs in, or shows anew who one is. `stopped`: the person has closed the browser's window, or something else began. */
export async function showPasskey({ mediation = 'optional', signal }: { readonly mediation?: CredentialMediationRequirement; readonly signal?: AbortSignal } = {}): Promise<AuthAnswer | { readonly kind: 'stopped' }> {
  const asked = await callAuthDoor('/passkey/generate-authenticate-options');
  if (asked.kind === 'refused') return asked;
  // What our own door gives: the options of §5.5 as JSON.
  const options = asked.body as PublicKeyCredentialRequestOptionsJSON;
  if (options.rpId !== window.location.hostname) return elsewhere();
  const found = await fromBrowser(() => navigator.credentials.get({ mediation, publicKey: { ...json().parseRequestOptionsFromJSON(options), userVerification: 'required' }, ...(signal === undefined ? {} : { signal }) }));
  return found === undefined ? { kind: 'stopped' } : callAuthDoor('/passkey/verify-authentication', { response: found });
}

/** Makes a passkey on this device or a key, under a name that the person gives it. */
export async function registerPasskey(name: string): Promise<AuthAnswer | { readonly kind: 'stopped' }> {
  const asked = await callAuthDoor('/passkey/generate-register-options');
  if (asked.kind === 'refused') return asked;
  // What our own door gives: the options of §5.4 as JSON.
  const options = asked.body as PublicKeyCredentialCreationOptionsJSON;
  if (options.rp.id !== window.location.hostname) return elsewhere();
  let isPresent = false;
  const made = await fromBrowser(() =>
    navigator.credentials.create({ publicKey: json().parseCreationOptionsFromJSON(options) }).catch((error: unknown) => {
      isPresent = error instanceof DOMException && error.name === 'InvalidStateError';
      throw error;
    }),
  );
  if (isPresent) return authRefusal(409, 'PREVIOUSLY_REGISTERED');
  return made === undefined ? { kind: 'stopped' } : callAuthDoor('/passkey/verify-registration', { response: made, name });
}

/** The browser's answer as JSON; undefined when there is none. It does not say why, so that pages learn nothing of the person's devices. */
async function fromBrowser(act: () => Promise<Credential | null>): Promise<unknown> {
  try {
    const credential = await act();
    return credential instanceof PublicKeyCredential ? (credential.toJSON() as unknown) : undefined;
  } catch {
    return undefined;
  }
}

function elsewhere(): AuthRefusal {
  return authRefusal(409, 'PASSKEY_ADDRESS_UNUSABLE');
}
