-- The sandbox's clock moves forward only: a clock put back would revive expired links, codes and sessions.
CREATE TRIGGER sandbox_clock_only_forward BEFORE UPDATE ON sandbox_clock
WHEN NEW.id <> OLD.id OR NEW.ahead_ms < OLD.ahead_ms
BEGIN
  SELECT RAISE(ABORT, 'countersign:clock_goes_back');
END;
--> statement-breakpoint
CREATE TRIGGER sandbox_clock_no_delete BEFORE DELETE ON sandbox_clock
BEGIN
  SELECT RAISE(ABORT, 'countersign:clock_goes_back');
END;
