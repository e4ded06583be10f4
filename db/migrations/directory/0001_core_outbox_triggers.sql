CREATE TRIGGER directory_outbox_no_replace BEFORE INSERT ON directory_outbox
WHEN EXISTS (SELECT 1 FROM directory_outbox WHERE n = NEW.n OR id = NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'countersign:append_only');
END;
--> statement-breakpoint
CREATE TRIGGER directory_outbox_not_lagging BEFORE INSERT ON directory_outbox
WHEN NEW.urgent = 0 AND EXISTS (
  SELECT 1 FROM directory_fence f JOIN directory_outbox o ON o.n = f.sealed_n + 1 WHERE o.at < NEW.at - 900000)
BEGIN
  SELECT RAISE(ABORT, 'countersign:audit_lagging');
END;
--> statement-breakpoint
CREATE TRIGGER directory_outbox_no_update BEFORE UPDATE ON directory_outbox
BEGIN
  SELECT RAISE(ABORT, 'countersign:append_only');
END;
--> statement-breakpoint
CREATE TRIGGER directory_outbox_no_early_delete BEFORE DELETE ON directory_outbox
WHEN OLD.n > COALESCE((SELECT sealed_n FROM directory_fence), 0)
BEGIN
  SELECT RAISE(ABORT, 'countersign:append_only');
END;
--> statement-breakpoint
CREATE TRIGGER directory_fence_only_rises BEFORE UPDATE ON directory_fence
WHEN NEW.event_n < OLD.event_n OR NEW.sealed_n < OLD.sealed_n OR NEW.sealed_n > NEW.event_n OR NEW.seal_version < OLD.seal_version
BEGIN
  SELECT RAISE(ABORT, 'countersign:fence_falls');
END;
--> statement-breakpoint
CREATE TRIGGER directory_fence_no_delete BEFORE DELETE ON directory_fence
BEGIN
  SELECT RAISE(ABORT, 'countersign:append_only');
END;
--> statement-breakpoint
CREATE TRIGGER refusals_refuse BEFORE INSERT ON refusals
BEGIN
  SELECT RAISE(ABORT, 'countersign:' || NEW.reason);
END;
--> statement-breakpoint
-- The platform's own log of sign-ins: never changed; rows leave only past their time (IFD-105, IFD-106), which the
-- retention job proves by moving the floor first.
CREATE TABLE platform_auth_log_floor (
  result text PRIMARY KEY NOT NULL,
  before integer NOT NULL
);
--> statement-breakpoint
INSERT INTO platform_auth_log_floor (result, before) VALUES ('success', 0), ('failure', 0);
--> statement-breakpoint
CREATE TRIGGER platform_auth_log_no_update BEFORE UPDATE ON platform_auth_log
BEGIN
  SELECT RAISE(ABORT, 'countersign:append_only');
END;
--> statement-breakpoint
CREATE TRIGGER platform_auth_log_no_replace BEFORE INSERT ON platform_auth_log
WHEN EXISTS (SELECT 1 FROM platform_auth_log WHERE id = NEW.id OR rowid = NEW.rowid)
BEGIN
  SELECT RAISE(ABORT, 'countersign:append_only');
END;
--> statement-breakpoint
CREATE TRIGGER platform_auth_log_no_early_delete BEFORE DELETE ON platform_auth_log
WHEN OLD.at >= (SELECT before FROM platform_auth_log_floor WHERE result = OLD.result)
BEGIN
  SELECT RAISE(ABORT, 'countersign:append_only');
END;
--> statement-breakpoint
-- The one fence row, at the first seal version of the deployment's own roots.
INSERT INTO directory_fence (id, seal_version, event_n, sealed_n) VALUES ('directory', 1, 0, 0);
