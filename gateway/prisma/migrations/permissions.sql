-- Applied after every migration. Where the role careloop_app exists, the product's processes sign in with
-- it: they use every table, but can only add to the record. The owner of the tables migrates.
DO $$
DECLARE
  grown regclass;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'careloop_app') THEN RETURN; END IF;
  GRANT USAGE ON SCHEMA public TO careloop_app;
  GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO careloop_app;
  GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO careloop_app;
  -- Tables that only grow are those with the trigger of 0002_append_only, however far the migrations have come.
  FOR grown IN SELECT tgrelid::regclass FROM pg_trigger WHERE tgname = 'append_only' LOOP
    EXECUTE format('REVOKE UPDATE, DELETE ON %s FROM careloop_app', grown);
  END LOOP;
  REVOKE DELETE ON rule_set_version FROM careloop_app;
  -- People and what they were allowed to do stay for the record: an account is disabled, an assignment ends.
  IF to_regclass('people_command') IS NOT NULL THEN
    REVOKE DELETE ON "user", role_assignment, role_proposal, qualification, absence, ward FROM careloop_app;
  END IF;
  REVOKE INSERT, UPDATE, DELETE ON _prisma_migrations FROM careloop_app;
END
$$;
