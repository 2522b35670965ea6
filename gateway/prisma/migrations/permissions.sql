-- Applied after every migration. Where the role careloop_app exists, the product's processes sign in with
-- it: they use every table, but can only add to the record. The owner of the tables migrates.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'careloop_app') THEN RETURN; END IF;
  GRANT USAGE ON SCHEMA public TO careloop_app;
  GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO careloop_app;
  GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO careloop_app;
  REVOKE UPDATE, DELETE ON audit_entry, audit_leaf, audit_tree_head, decision, recorded_batch, cds_card, cds_feedback FROM careloop_app;
  REVOKE UPDATE, DELETE ON rule_set_revision, rule_set_review, rule_set_verdict, rule_set_recall, recalled_case, rule_suspension, rule_suspension_act, rule_signature, rule_set_command FROM careloop_app;
  REVOKE DELETE ON rule_set_version FROM careloop_app;
  REVOKE INSERT, UPDATE, DELETE ON _prisma_migrations FROM careloop_app;
END
$$;
