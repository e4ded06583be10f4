-- What was submitted stays as it was submitted. The one thing that may change is the version of the root it is sealed under.
CREATE TRIGGER passport_versions_kept BEFORE UPDATE ON passport_versions
WHEN OLD.state = 'submitted' AND (NEW.seal_version <= OLD.seal_version
  OR NEW.tenant_id <> OLD.tenant_id OR NEW.id <> OLD.id OR NEW.passport_id <> OLD.passport_id OR NEW.number <> OLD.number OR NEW.state <> OLD.state
  OR NEW.ssn_id IS NOT OLD.ssn_id OR NEW.ein_id IS NOT OLD.ein_id OR NEW.routing_id IS NOT OLD.routing_id OR NEW.account_id IS NOT OLD.account_id
  OR NEW.ssn_last4 IS NOT OLD.ssn_last4 OR NEW.routing_last4 IS NOT OLD.routing_last4 OR NEW.account_last4 IS NOT OLD.account_last4
  OR NEW.kind <> OLD.kind OR NEW.npn IS NOT OLD.npn OR NEW.account_type IS NOT OLD.account_type OR NEW.cover_carrier IS NOT OLD.cover_carrier
  OR NEW.cover_expires_on IS NOT OLD.cover_expires_on OR NEW.aml_on IS NOT OLD.aml_on OR NEW.ce_due_on IS NOT OLD.ce_due_on
  OR NEW.started_at <> OLD.started_at OR NEW.saved_at <> OLD.saved_at OR NEW.saved_n <> OLD.saved_n
  OR NEW.submitted_at IS NOT OLD.submitted_at OR NEW.submitted_by IS NOT OLD.submitted_by)
BEGIN
  SELECT RAISE(ABORT, 'countersign:append_only');
END;
--> statement-breakpoint
-- A secret is replaced by another row, never overwritten: a submitted version goes on meaning the value it was submitted with.
CREATE TRIGGER passport_secrets_kept BEFORE UPDATE ON passport_secrets
WHEN NEW.seal_version <= OLD.seal_version OR NEW.tenant_id <> OLD.tenant_id OR NEW.id <> OLD.id OR NEW.field <> OLD.field OR NEW.created_at <> OLD.created_at
BEGIN
  SELECT RAISE(ABORT, 'countersign:append_only');
END;
