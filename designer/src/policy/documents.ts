import { defineDocument } from '../graphql/client.ts';
import { localized } from '../graphql/fragments.ts';
import type { LocalizedText } from '../i18n/localized-text.ts';

/** What a role needs: one of the relations. */
export interface PolicyCell {
  readonly role: string;
  readonly relations: readonly string[];
}

export interface PolicyField {
  /** `Type.field` */
  readonly key: string;
  readonly name: LocalizedText;
  readonly cells: readonly PolicyCell[];
}

export interface PolicyRole {
  readonly role: string;
  readonly name: LocalizedText;
  readonly isSystem: boolean;
}

export interface PolicyRelation {
  readonly relation: string;
  readonly name: LocalizedText;
  readonly definition: LocalizedText;
}

/** Who sees and does what, as the gateway enforces it. */
export interface AccessPolicy {
  readonly roles: readonly PolicyRole[];
  readonly relations: readonly PolicyRelation[];
  readonly types: readonly { readonly type: string; readonly name: LocalizedText; readonly cells: readonly PolicyCell[]; readonly fields: readonly PolicyField[] }[];
  readonly labels: readonly { readonly code: string; readonly name: LocalizedText; readonly fields: readonly PolicyField[] }[];
  readonly operations: readonly { readonly operation: string; readonly name: LocalizedText; readonly roles: readonly string[] }[];
}

const fieldFields = `key name ${localized} cells { role relations }`;

export const accessPolicyDocument = defineDocument<{ accessPolicy: AccessPolicy }, Record<string, never>>(`
  query AccessPolicy {
    accessPolicy {
      roles { role name ${localized} isSystem }
      relations { relation name ${localized} definition ${localized} }
      types { type name ${localized} cells { role relations } fields { ${fieldFields} } }
      labels { code name ${localized} fields { ${fieldFields} } }
      operations { operation name ${localized} roles }
    }
  }
`);
