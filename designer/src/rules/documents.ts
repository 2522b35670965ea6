import { defineDocument } from '../graphql/client.ts';
import { fileFindingFields, localized } from '../graphql/fragments.ts';
import type { Connection } from '../graphql/model.ts';
import type { OpenCase, RuleSetDetail, RuleSetDifference, RuleSetRow, RuleSetShow, RuleSetSide, RuleState } from './model.ts';

const person = '{ id displayName }';
const suspensionFields = `
  id ruleId ruleName ${localized} suspendedAt suspendedBy ${person} reason status confirmBy isOverdue
  acts { kind at by ${person} reason }
`;
const reviewFields = `
  id version hash requestedAt requestedBy ${person} comment effectiveAt editors ${person} mayApprove
  verdict { kind decidedAt decidedBy ${person} comment effectiveAt }
`;
/** Who withdraws a review is who asked for it. */
const returnedFields = `version requestedBy ${person} verdict { decidedAt decidedBy ${person} comment }`;
const rights = 'viewerCan { edit approve suspend }';

/** Rule sets as the list shows them, a page of those that the search and the filter leave. */
export const ruleSetsDocument = defineDocument<{ ruleSets: Connection<RuleSetRow> }, { first: number; after: string | null; search: string; show: RuleSetShow | null }>(`
  query RuleSets($first: Int!, $after: String, $search: String, $show: RuleSetShow) {
    ruleSets(first: $first, after: $after, search: $search, show: $show) {
      totalCount
      edges { node {
        key name ${localized} domain ownerRole ${rights}
        inEffect { version effectiveAt }
        versions { version status effectiveAt }
        draft { savedAt savedBy ${person} returned { ${returnedFields} } }
        review { id version requestedAt requestedBy ${person} mayApprove }
        suspensions { id status isOverdue }
      } }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

/** One rule set over all its versions, without the documents, which may be large. */
export const ruleSetDocument = defineDocument<{ ruleSet: RuleSetDetail | null }, { key: string }>(`
  query RuleSetPage($key: String!) {
    ruleSet(key: $key) {
      key name ${localized} domain ownerRole revision ${rights}
      inEffect { version effectiveAt }
      versions {
        version hash status effectiveAt supersededAt publishedAt publishedBy ${person} decisionCount
        review { requestedBy ${person} comment verdict { comment } }
        recall { recalledAt recalledBy ${person} reason inEffectInstead }
      }
      draft { revision basedOn savedAt savedBy ${person} editors ${person} returned { ${returnedFields} } imported { importedAt importedBy ${person} format findings { ${fileFindingFields} } } }
      review { ${reviewFields} }
      reviews { ${reviewFields} }
      suspensions { ${suspensionFields} }
      usedIn { process { id key version name ${localized} } elementId elementName ${localized} binding version }
    }
  }
`);

/** What is edited: the draft, else the version in effect. */
export const editedDocument = defineDocument<{ ruleSet: { readonly key: string; readonly revision: number; readonly draft: { readonly revision: number; readonly document: unknown } | null; readonly inEffect: { readonly version: string; readonly document: unknown } | null } | null }, { key: string }>(`
  query EditedRuleSet($key: String!) { ruleSet(key: $key) { key revision draft { revision document } inEffect { version document } } }
`);

/** The rules of a version as they judge now, and its document, which never changes. */
export const versionDocument = defineDocument<{ ruleSetVersion: { readonly version: string; readonly document: unknown; readonly rules: readonly RuleState[] } | null }, { key: string; version: string }>(`
  query RuleSetVersion($key: String!, $version: String!) {
    ruleSetVersion(key: $key, version: $version) {
      version document
      rules { id name ${localized} level effectiveLevel grade adviseOnly isSigned needsSignature suspension { id status isOverdue } }
    }
  }
`);

/** The document of a version alone. */
export const publishedDocument = defineDocument<{ ruleSetVersion: { readonly document: unknown } | null }, { key: string; version: string }>(`
  query PublishedRuleSet($key: String!, $version: String!) { ruleSetVersion(key: $key, version: $version) { document } }
`);

/** The document that a review is about. */
export const reviewedDocument = defineDocument<{ ruleSetReview: { readonly id: string; readonly document: unknown } | null }, { id: string }>(`
  query ReviewedRuleSet($id: ID!) { ruleSetReview(id: $id) { id document } }
`);

/** What differs between two documents of the rule set. */
export const differenceDocument = defineDocument<{ ruleSetDifference: RuleSetDifference }, { key: string; from: RuleSetSide; to: RuleSetSide }>(`
  query RuleSetDifference($key: String!, $from: RuleSetSide!, $to: RuleSetSide!) {
    ruleSetDifference(key: $key, from: $from, to: $to) {
      from to
      document { path before after }
      inputs { id kind name ${localized} fromIndex toIndex fields { path before after } }
      outputs { id kind name ${localized} fromIndex toIndex fields { path before after } }
      rules { id kind name ${localized} fromIndex toIndex fields { path before after } }
    }
  }
`);

/** How many open cases a version, or one of its rules, judged last. */
export const casesCountDocument = defineDocument<{ casesLastJudgedBy: { readonly totalCount: number } }, { key: string; version: string; ruleId: string | null }>(`
  query CasesLastJudgedBy($key: String!, $version: String!, $ruleId: String) {
    casesLastJudgedBy(key: $key, version: $version, ruleId: $ruleId, first: 1) { totalCount }
  }
`);

/** The cases that a recall concerns. */
export const recallDocument = defineDocument<{ ruleSetVersion: { readonly version: string; readonly recall: { readonly stillToJudge: number; readonly openCases: Connection<OpenCase> } | null } | null }, { key: string; version: string; first: number; after: string | null }>(`
  query RuleSetRecall($key: String!, $version: String!, $first: Int!, $after: String) {
    ruleSetVersion(key: $key, version: $version) {
      version
      recall { stillToJudge openCases(first: $first, after: $after) { totalCount edges { node { id processInstanceId businessKey status endedAt definition { id name ${localized} } } } pageInfo { hasNextPage endCursor } } }
    }
  }
`);
