-- A writing batch puts its outbox row first. This aborts the whole batch unless the fence is open at the seal version the
-- writer used and the member still holds the role it acted in.
CREATE TRIGGER outbox_behind_fence BEFORE INSERT ON outbox
BEGIN
  SELECT RAISE(ABORT, 'countersign:fence') WHERE NOT EXISTS (
    SELECT 1 FROM tenant_fence WHERE tenant_id = NEW.tenant_id AND state = 'open' AND seal_version = NEW.seal_version);
  SELECT RAISE(ABORT, 'countersign:role') WHERE NEW.account_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM user_roles WHERE tenant_id = NEW.tenant_id AND account_id = NEW.account_id AND role = NEW.role);
END;
--> statement-breakpoint
-- The log of record must not fall behind unnoticed: once the oldest unsealed event is 15 minutes old, only what takes away
-- (sign-out, revocation, opt-out, purge) still goes through.
CREATE TRIGGER outbox_not_lagging BEFORE INSERT ON outbox
WHEN NEW.urgent = 0 AND EXISTS (
  SELECT 1 FROM tenant_fence f JOIN outbox o ON o.tenant_id = f.tenant_id AND o.n = f.sealed_n + 1
  WHERE f.tenant_id = NEW.tenant_id AND o.at < NEW.at - 900000)
BEGIN
  SELECT RAISE(ABORT, 'countersign:audit_lagging');
END;
--> statement-breakpoint
-- INSERT OR REPLACE slips past UPDATE and DELETE triggers: refuse a row that matches any unique key, the rowid included.
CREATE TRIGGER outbox_no_replace BEFORE INSERT ON outbox
WHEN EXISTS (SELECT 1 FROM outbox WHERE (tenant_id = NEW.tenant_id AND (n = NEW.n OR id = NEW.id)) OR rowid = NEW.rowid)
BEGIN
  SELECT RAISE(ABORT, 'countersign:append_only');
END;
--> statement-breakpoint
CREATE TRIGGER outbox_no_update BEFORE UPDATE ON outbox
BEGIN
  SELECT RAISE(ABORT, 'countersign:append_only');
END;
--> statement-breakpoint
-- A row may leave only once the chain has sealed it.
CREATE TRIGGER outbox_no_early_delete BEFORE DELETE ON outbox
WHEN OLD.n > COALESCE((SELECT sealed_n FROM tenant_fence WHERE tenant_id = OLD.tenant_id), 0)
BEGIN
  SELECT RAISE(ABORT, 'countersign:append_only');
END;
--> statement-breakpoint
-- Event numbers are gap-free: they only rise, and nothing is sealed that was not handed out.
CREATE TRIGGER tenant_fence_only_rises BEFORE UPDATE ON tenant_fence
WHEN NEW.tenant_id <> OLD.tenant_id OR NEW.event_n < OLD.event_n OR NEW.sealed_n < OLD.sealed_n OR NEW.sealed_n > NEW.event_n
  OR NEW.seal_version < OLD.seal_version OR NEW.policy_version < OLD.policy_version OR NEW.sessions_after < OLD.sessions_after
BEGIN
  SELECT RAISE(ABORT, 'countersign:fence_falls');
END;
--> statement-breakpoint
-- The cascade starts here and only here: a fence goes when its tenant is closed, moved away, or was being copied in.
CREATE TRIGGER tenant_fence_no_live_delete BEFORE DELETE ON tenant_fence
WHEN OLD.state NOT IN ('closed', 'moved', 'moving')
BEGIN
  SELECT RAISE(ABORT, 'countersign:tenant_is_live');
END;
--> statement-breakpoint
CREATE TRIGGER refusals_refuse BEFORE INSERT ON refusals
BEGIN
  SELECT RAISE(ABORT, 'countersign:' || NEW.reason);
END;
--> statement-breakpoint
-- Every policy version is kept as it was.
CREATE TRIGGER policy_versions_no_update BEFORE UPDATE ON policy_versions
BEGIN
  SELECT RAISE(ABORT, 'countersign:append_only');
END;
