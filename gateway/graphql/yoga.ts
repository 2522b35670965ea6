import { EnvelopArmorPlugin } from '@escape.tech/graphql-armor';
import { GraphQLError, NoSchemaIntrospectionCustomRule, type ExecutionResult } from 'graphql';
import { createYoga, isAsyncIterable, maskError, type Plugin } from 'graphql-yoga';
import type { Viewer } from '../identity/viewer.ts';
import type { Viewers } from '../identity/viewers.ts';
import { createAccess } from '../identity/access.ts';
import { createRights } from '../identity/rights.ts';
import type { Limits } from '../limits/index.ts';
import type { Outbox } from '../subscriptions/outbox.ts';
import type { GatewayServices, RequestContext } from './context.ts';
import { jsonBytes } from './json-bytes.ts';
import { createLoaders } from './loaders.ts';
import { languageOf } from './language.ts';
import { createAccessRecorder } from './access-record.ts';
import { createProcessBundles } from './process-bundles.ts';
import { rateLimit } from './rate-limit.ts';
import { publicErrors } from './public-errors.ts';
import { schema } from './schema.ts';
import { storableText } from './storable-text.ts';
import { createTrustedDocuments, trustedDocuments, type TrustedDocumentsMode } from './trusted-documents.ts';
import { unconditionalSubscription } from './subscription-root.ts';

/** Largest request body, bytes. A variable that is too large for the engine still gets its own precise error. */
export const maximumBodyBytes = 8 * 1024 * 1024;

export interface GraphqlDoorOptions {
  readonly services: GatewayServices;
  readonly outbox: Outbox;
  readonly viewers: Viewers;
  readonly limits: Limits;
  readonly isProduction: boolean;
  /** Folder of the built web app, whose documents are known by their ids. */
  readonly webFolder: string;
  readonly trustedDocuments?: TrustedDocumentsMode;
  /** In the place of what the viewer's roles and relations allow. Only `bench/authorisation` gives it: it measures what rights cost. */
  readonly rights?: () => Rights;
}

/** What a request's context has by its viewer's rights, and the caches that are renewed with them. */
type Rights = Omit<RequestContext, keyof GatewayServices | 'viewer' | 'language' | 'bundles' | 'reads' | 'outbox' | 'renew'>;

/** What the HTTP server hands on: the viewer it has authenticated. */
interface ServerContext {
  readonly viewer: Viewer;
}

/** GraphQL over HTTP for authenticated viewers: limits, masking, and the record of what was read. */
export function createGraphqlDoor({ services, outbox, viewers, limits: rateLimits, isProduction, webFolder, trustedDocuments: mode = 'prefer', rights }: GraphqlDoorOptions) {
  const rightsOf = createRights(services.database);
  const bundles = createProcessBundles(services.database);
  const readsOf = createAccessRecorder(services.recordFact, services.patientAccess.openAccessesOf);

  const recordRefusal = ({ id, kind, roles }: Viewer) =>
    services.recordFact({ factId: `access.refused/${id}/DOCUMENT_NOT_TRUSTED/${Math.floor(Date.now() / 60_000)}`, action: 'access.refused', actor: { id, kind, roles }, reason: 'DOCUMENT_NOT_TRUSTED' });

  return createYoga<ServerContext, RequestContext>({
    schema,
    graphqlEndpoint: '/graphql',
    landingPage: false,
    graphiql: false,
    batching: false,
    multipart: false,
    cors: false,
    logging: false,
    maxRequestBodySize: maximumBodyBytes,
    extraParamNames: ['documentId'],
    maskedErrors: {
      maskError: (error, message, isDev) => {
        const original = error instanceof GraphQLError ? error.originalError : error;
        // A resolver's own GraphQLError is meant for the caller; anything else is a bug, told by its name only.
        if (original !== undefined && original !== null && !(original instanceof GraphQLError)) services.logger.error({ error: nameOf(original), path: error instanceof GraphQLError ? error.path : undefined }, 'an operation failed unexpectedly');
        return maskError(error, message, isDev && false);
      },
      errorMessage: 'Expected the operation to work, but it failed. It is on our list.',
      isDev: false,
    },
    context: async ({ viewer, request }) => {
      const fresh = async () => {
        const { related, visibility, visibilityBy } = await rightsOf(viewer);
        const loaders = createLoaders(services.database);
        return { loaders, visibility, visibilityBy, access: createAccess(viewer, related, loaders.labels) };
      };
      return {
        ...services,
        ...(rights?.() ?? (await fresh())),
        viewer,
        language: languageOf(request.headers.get('accept-language')),
        bundles,
        reads: readsOf(viewer),
        outbox,
        // The server copies the context: what is renewed is the one that the resolvers have.
        async renew(context) {
          if (!(await viewers.isStillSignedIn(viewer))) return false;
          Object.assign(context, await fresh());
          return true;
        },
      };
    },
    plugins: [limits(), trustedDocuments({ documents: createTrustedDocuments(webFolder), mode, recordRefusal }), storableText(), validationRules(isProduction), codes(), rateLimit(rateLimits), record(), jsonBytes()],
  });
}

/** Bounds on what one operation may ask (OWASP API4:2023). A refusal says which bound, and has a code. */
function limits(): Plugin {
  const onReject = [(_context: unknown, error: GraphQLError) => void (error.extensions['code'] = 'OPERATION_TOO_COMPLEX')];
  return EnvelopArmorPlugin({
    maxDepth: { n: 20, onReject },
    maxAliases: { n: 50, onReject },
    maxTokens: { n: 4_000, onReject },
    maxDirectives: { n: 30, onReject },
    costLimit: { maxCost: 2_000_000, objectCost: 2, scalarCost: 1, depthCostFactor: 1.5, onReject },
    blockFieldSuggestion: { enabled: true },
  }) as Plugin;
}

function validationRules(isProduction: boolean): Plugin {
  return {
    onValidate: ({ addValidationRule }) => {
      addValidationRule(unconditionalSubscription);
      if (isProduction) addValidationRule(NoSchemaIntrospectionCustomRule);
    },
  };
}

/** Gives errors of parsing and validation a stable code too. */
function codes(): Plugin {
  return {
    onParse: () => ({ result }) => {
      if (result instanceof GraphQLError) result.extensions['code'] ??= 'GRAPHQL_PARSE_FAILED';
    },
    onValidate: () => ({ valid, result }) => {
      if (!valid) for (const error of result) error.extensions['code'] ??= 'GRAPHQL_VALIDATION_FAILED';
    },
  };
}

/** Puts what the operation read or was refused on record before its answer leaves; without the record no answer. */
function record(): Plugin<RequestContext> {
  return {
    onExecute: ({ args }) => ({
      onExecuteDone: async ({ result, setResult }) => {
        if (isAsyncIterable(result)) return;
        setResult(publicErrors(result, args.contextValue.language));
        try {
          await args.contextValue.reads.flush(args.contextValue.access);
        } catch (error) {
          args.contextValue.logger.error({ error: nameOf(error) }, 'the record could not be written; the answer is withheld');
          setResult({ errors: [new GraphQLError('Expected the access to be recorded, but the record cannot be written now', { extensions: { code: 'RECORD_UNAVAILABLE' } })] } satisfies ExecutionResult);
        }
      },
    }),
    onSubscribe: ({ args }) => ({
      onSubscribeResult: ({ result, setResult }) => {
        if (!isAsyncIterable(result)) setResult(publicErrors(result, args.contextValue.language));
        // Each event waits for its own record; a refusal ends here, so that its entry is written beside the answer.
        if (isAsyncIterable(result)) return { onNext: () => args.contextValue.reads.flush(args.contextValue.access) as unknown as undefined };
        args.contextValue.reads.flush(args.contextValue.access).catch((error: unknown) => args.contextValue.logger.error({ error: nameOf(error) }, 'a refusal could not be recorded'));
        return undefined;
      },
    }),
  };
}

function nameOf(error: unknown): string {
  const { name, code } = (error ?? {}) as { readonly name?: unknown; readonly code?: unknown };
  return [name, code].filter((part) => typeof part === 'string').join(' ') || 'unknown';
}
