import { GraphQLError, type ASTVisitor, type SelectionNode, type ValidationContext } from 'graphql';

/**
 * The one root field of a subscription is not left to a condition: without it there would be nothing to subscribe to.
 * GraphQL (September 2025) §5.2.4.1; graphql-js 16 does not check it, and fails on such an operation.
 */
export function unconditionalSubscription(context: ValidationContext): ASTVisitor {
  const check = (selection: SelectionNode): void => {
    const isRoot = context.getParentType() === context.getSchema().getSubscriptionType();
    if (!isRoot || !selection.directives?.some(({ name }) => name.value === 'skip' || name.value === 'include')) return;
    context.reportError(new GraphQLError('Expected a subscription to its field without @skip and @include, but it has one', { nodes: selection }));
  };
  return { Field: check, InlineFragment: check, FragmentSpread: check };
}
