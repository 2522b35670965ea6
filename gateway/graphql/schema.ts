import { builder } from './builder.ts';
// Each of these adds its types and fields to the builder.
import './types/viewer.ts';
import './types/ward.ts';
import './types/process-definition.ts';
import './types/process-instance.ts';
import './types/task.ts';
import './types/incident.ts';
import './types/alert.ts';
import './types/errors.ts';
import './queries/rule-sets.ts';
import './queries/rule-evaluation.ts';
import './queries/rule-cases.ts';
import './queries/rule-trials.ts';
import './queries/lists.ts';
import './queries/single.ts';
import './queries/node.ts';
import './queries/check-order.ts';
import './queries/migration-plan.ts';
import './mutations/start-process.ts';
import './mutations/publish-message.ts';
import './mutations/broadcast-signal.ts';
import './mutations/evaluate-conditions.ts';
import './mutations/task-commands.ts';
import './mutations/complete-task.ts';
import './mutations/operator-commands.ts';
import './mutations/migration-commands.ts';
import './mutations/activate-ad-hoc-activity.ts';
import './mutations/acknowledge-alert.ts';
import './mutations/rule-set-drafts.ts';
import './mutations/rule-set-reviews.ts';
import './mutations/rule-suspensions.ts';
import './mutations/rule-cases.ts';
import './mutations/backtest-rule-set.ts';
import './mutations/check-process-model.ts';
import './subscriptions.ts';

/** The gateway's GraphQL schema. Its text is kept in `schema.graphql`. */
export const schema = builder.toSchema();
