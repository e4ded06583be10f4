CREATE INDEX `job_runs_at` ON `job_runs` (`at`);--> statement-breakpoint
CREATE INDEX `probe_readings_at` ON `probe_readings` (`at`);