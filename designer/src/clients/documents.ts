import { defineDocument } from '../graphql/client.ts';
import { defineCommand } from '../rules/define-command.ts';
import type { SystemClient } from './model.ts';

const clientFields = `
  id name roles createdAt revokedAt lastUsedAt
  credentials { id kind identifier status createdAt createdBy { id displayName } expiresAt revokedAt lastUsedAt }
`;

export const systemClientsDocument = defineDocument<{ systemClients: readonly SystemClient[] }, Record<string, never>>(`query SystemClients { systemClients { ${clientFields} } }`);

export const systemClientDocument = defineDocument<{ systemClient: SystemClient | null }, { id: string }>(`query SystemClient($id: ID!) { systemClient(id: $id) { ${clientFields} } }`);

/** A mutation of this page. */
const command = <Input>(name: string, field: string, payload: string) => defineCommand<Input>(name, field, `${name}Input`, `... on ${name}Payload { ${payload} }`);

/** A new credential, as the gateway takes it. */
export interface CredentialInput {
  readonly kind: SystemClient['credentials'][number]['kind'];
  readonly jwk?: string;
  readonly certificate?: string;
  readonly expiresAt?: string;
}

export interface CreateClientInput {
  readonly name: string;
  readonly roles: readonly string[];
  readonly authentication: CredentialInput;
}

export interface AddCredentialInput {
  readonly clientId: string;
  readonly credential: CredentialInput;
}

export interface RevokeCredentialInput {
  readonly credentialId: string;
  readonly endsAt?: string;
  readonly endTokens?: boolean;
  readonly reason: string;
}

export interface RevokeClientInput {
  readonly clientId: string;
  readonly reason: string;
}

const madeFields = 'credentialId secret isRepeat client { id name }';
export const createClientDocument = command<CreateClientInput>('CreateSystemClient', 'createSystemClient', madeFields);
export const addCredentialDocument = command<AddCredentialInput>('AddClientCredential', 'addClientCredential', madeFields);
export const revokeCredentialDocument = command<RevokeCredentialInput>('RevokeClientCredential', 'revokeClientCredential', 'client { id }');
export const revokeClientDocument = command<RevokeClientInput>('RevokeSystemClient', 'revokeSystemClient', 'client { id }');
