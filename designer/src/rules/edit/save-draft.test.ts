import { readSaveAnswer } from './save-draft.ts';

const draft = { savedAt: '2026-11-23T04:00:00Z', savedBy: { id: 'p2', displayName: 'B' }, document: { rules: [] } };

describe('the answer to a save', () => {
  it('gives the new revision, the document as it was kept, and rules whose signature was taken out', () => {
    expect(readSaveAnswer({ __typename: 'SaveRuleSetDraftPayload', droppedSignatures: ['a'], draft: { revision: 4, document: { rules: [] } } })).toEqual({ kind: 'saved', saved: { revision: 4, document: { rules: [] }, droppedSignatures: ['a'] } });
  });

  it('is a conflict with what the other person saved, and with the revision to go on from', () => {
    expect(readSaveAnswer({ __typename: 'ConflictError', code: 'DRAFT_CHANGED', message: 'x', revision: 5, draft, draftDifference: null })).toEqual({ kind: 'conflict', conflict: { revision: 5, draft, difference: null } });
  });

  it('is a conflict without a draft when that was discarded or published', () => {
    expect(readSaveAnswer({ __typename: 'ConflictError', code: 'DRAFT_CHANGED', message: 'x', revision: 5, draft: null })).toMatchObject({ kind: 'conflict', conflict: { draft: null } });
  });

  it('keeps every other refusal as the server worded it, with its findings', () => {
    expect(readSaveAnswer({ __typename: 'ConflictError', code: 'DRAFT_IN_REVIEW', message: 'in review' })).toMatchObject({ kind: 'failed', result: { kind: 'refused', refusal: { code: 'DRAFT_IN_REVIEW', message: 'in review' } } });
    expect(readSaveAnswer({ __typename: 'ValidationError', code: 'RULE_SET_INVALID', message: 'x', ruleFindings: [{ code: 'DOCUMENT_INVALID', path: 'name', message: 'm' }] })).toMatchObject({ kind: 'failed', findings: [{ path: 'name' }] });
  });

  it('does not call a repeat saved whose draft is gone', () => {
    expect(readSaveAnswer({ __typename: 'SaveRuleSetDraftPayload', droppedSignatures: [], draft: null })).toMatchObject({ kind: 'failed', result: { problem: { code: 'DRAFT_GONE' } } });
    expect(readSaveAnswer(undefined)).toMatchObject({ kind: 'failed' });
  });
});
