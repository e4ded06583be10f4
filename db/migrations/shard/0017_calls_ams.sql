CREATE TABLE `ams_connections` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`kind` text NOT NULL,
	`label` text NOT NULL,
	`settings` text NOT NULL,
	`content` text,
	`seal_version` integer NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`tested_at` integer,
	`test_trouble` text,
	`revoked_at` integer,
	`version` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenant_fence`(`tenant_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `ams_connections_open` ON `ams_connections` (`tenant_id`) WHERE revoked_at IS NULL;--> statement-breakpoint
CREATE INDEX `ams_connections_listed` ON `ams_connections` (`tenant_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `ams_connections_seal` ON `ams_connections` (`tenant_id`,`seal_version`);--> statement-breakpoint
CREATE TABLE `call_choices` (
	`tenant_id` text NOT NULL,
	`phone_index` text NOT NULL,
	`record_mac` text NOT NULL,
	`member_id` text NOT NULL,
	`chosen_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `phone_index`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenant_fence`(`tenant_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `call_choices_due` ON `call_choices` (`chosen_at`);--> statement-breakpoint
CREATE TABLE `leaderboard_opt_outs` (
	`tenant_id` text NOT NULL,
	`member_id` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `member_id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenant_fence`(`tenant_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
ALTER TABLE `calls` ADD `sync_state` text DEFAULT 'waiting' NOT NULL;--> statement-breakpoint
ALTER TABLE `calls` ADD `sync_attempts` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `calls` ADD `sync_trouble` text;--> statement-breakpoint
ALTER TABLE `calls` ADD `synced_at` integer;--> statement-breakpoint
ALTER TABLE `calls` ADD `note_id` text;--> statement-breakpoint
ALTER TABLE `calls` ADD `matches` integer;--> statement-breakpoint
ALTER TABLE `calls` ADD `disposition` text;--> statement-breakpoint
ALTER TABLE `calls` ADD `purged_by` text;--> statement-breakpoint
CREATE INDEX `calls_sync` ON `calls` (`sync_due_at`,`tenant_id`);