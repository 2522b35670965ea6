import { createHash } from 'node:crypto';
import { createSealedText } from '../../identity/oidc/sealed-text.ts';
import type { ResourceType } from '../resources.ts';

/** How long the links of a search lead on. */
const lifeSeconds = 3_600;

/** Whose search a link is of, and of which resource: elsewhere its sealed parts open nothing. */
export interface SealedFor {
  readonly viewerId: string;
  readonly type: ResourceType;
}

/**
 * Encrypted parts of links (R4 §3.1.1.3): the place of a page, which is the key of a row, and values that say who a patient is. Links
 * end up in logs that are not ours.
 */
export function createSealedValues(masterKey: Buffer) {
  const sealed = createSealedText(masterKey, 'fhir-link');

  async function open(text: string, { viewerId, type }: SealedFor): Promise<Readonly<Record<string, unknown>> | undefined> {
    const content = await sealed.open(text);
    return content?.['viewer'] === viewerId && content['type'] === type ? content : undefined;
  }

  return {
    sealValue: (of: SealedFor, parameter: string, value: string): Promise<string> => sealed.seal({ viewer: of.viewerId, type: of.type, parameter, value }, lifeSeconds),
    /** The value; undefined for what was not sealed for this viewer, resource and parameter within the hour. */
    async openValue(of: SealedFor, parameter: string, text: string): Promise<string | undefined> {
      const content = await open(text, of);
      return content?.['parameter'] === parameter && typeof content['value'] === 'string' ? content['value'] : undefined;
    },
    /** `search`: the parameters of the search, to which alone the place belongs. */
    sealPlace: (of: SealedFor, search: string, place: string): Promise<string> => sealed.seal({ viewer: of.viewerId, type: of.type, search: digest(search), place }, lifeSeconds),
    async openPlace(of: SealedFor, search: string, text: string): Promise<string | undefined> {
      const content = await open(text, of);
      return content?.['search'] === digest(search) && typeof content['place'] === 'string' ? content['place'] : undefined;
    },
  };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

export type SealedValues = ReturnType<typeof createSealedValues>;
