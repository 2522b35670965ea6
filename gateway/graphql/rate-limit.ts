import { GraphQLError, Kind, type OperationDefinitionNode } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import { createOperationCosts, type Limits, type Verdict } from '../limits/index.ts';
import type { RequestContext } from './context.ts';

interface Operation {
  readonly document: { readonly definitions: readonly { readonly kind: string }[] };
  readonly operationName?: string | null | undefined;
}

/**
 * Counts each operation by what it asks for before it runs, and open subscriptions. A refusal is an error RATE_LIMITED
 * with status 429; of a mutation too, since nothing of it has begun.
 */
export function rateLimit(limits: Limits): Plugin<RequestContext> {
  const operationCost = createOperationCosts();
  return {
    onExecute: async ({ args, setResultAndStopExecution }) => {
      const verdict = await limits.spend(args.contextValue.viewer, operationCost(args.schema, args.document, operationOf(args), args.variableValues ?? {}));
      if (!verdict.isAllowed) setResultAndStopExecution({ errors: [refusal(verdict)] });
    },
    onSubscribe: async ({ args, setResultAndStopExecution }) => {
      const { viewer } = args.contextValue;
      const verdict = await limits.spend(viewer, operationCost(args.schema, args.document, operationOf(args), args.variableValues ?? {}));
      if (!verdict.isAllowed) return void setResultAndStopExecution({ errors: [refusal(verdict)] });
      const close = limits.openSubscription(viewer);
      if (!close) return void setResultAndStopExecution({ errors: [tooManySubscriptions()] });
      return {
        onSubscribeResult({ result, setResult }) {
          if (isAsyncIterable(result)) setResult(closing(result, close));
          else close();
        },
        onSubscribeError: close,
      };
    },
  };
}

/** The same events; `close` is called once they end, in whichever way. */
function closing<Event>(events: AsyncIterable<Event>, close: () => void): AsyncGenerator<Event> {
  const source = events[Symbol.asyncIterator]();
  const closingAfter = async (step: Promise<IteratorResult<Event>>): Promise<IteratorResult<Event>> => {
    try {
      const result = await step;
      if (result.done) close();
      return result;
    } catch (error) {
      close();
      throw error;
    }
  };
  const ended: IteratorResult<Event> = { done: true, value: undefined };
  const generator: Omit<AsyncGenerator<Event>, typeof Symbol.asyncDispose> = {
    next: () => closingAfter(source.next()),
    return: (value) => {
      close();
      return source.return?.(value) ?? Promise.resolve(ended);
    },
    throw: (error) => {
      close();
      return source.throw?.(error) ?? Promise.reject(error instanceof Error ? error : new Error('a subscription was ended'));
    },
    [Symbol.asyncIterator]: () => generator as AsyncGenerator<Event>,
  };
  return generator as AsyncGenerator<Event>;
}

/** The one that runs: the named one, or the only one; validation has made sure that there is one. */
function operationOf({ document, operationName }: Operation): OperationDefinitionNode {
  const operations = document.definitions.filter((definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION);
  const [first] = operations;
  const named = operations.find(({ name }) => name?.value === operationName) ?? first;
  if (!named) throw new Error('Expected an operation in a validated document, but there is none');
  return named;
}

function refusal({ headers, resetSeconds }: Verdict): GraphQLError {
  return new GraphQLError(`Expected fewer or smaller operations, but there were too many: ask again in ${resetSeconds} s`, { extensions: { code: 'RATE_LIMITED', http: { status: 429, headers } } });
}

function tooManySubscriptions(): GraphQLError {
  return new GraphQLError('Expected fewer open subscriptions, but there are too many: end some', { extensions: { code: 'RATE_LIMITED', http: { status: 429, headers: { 'retry-after': '5' } } } });
}
