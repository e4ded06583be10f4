CREATE TABLE `account_tenants` (
	`account_id` text NOT NULL,
	`tenant_id` text NOT NULL,
	`since` integer NOT NULL,
	PRIMARY KEY(`account_id`, `tenant_id`)
);
--> statement-breakpoint
CREATE INDEX `account_tenants_tenant` ON `account_tenants` (`tenant_id`);--> statement-breakpoint
CREATE TABLE `accounts` (
	`id` text PRIMARY KEY NOT NULL,
	`email_index` text NOT NULL,
	`contact` text NOT NULL,
	`seal_version` integer NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `accounts_email` ON `accounts` (`email_index`);--> statement-breakpoint
CREATE TABLE `directory_fence` (
	`id` text PRIMARY KEY NOT NULL,
	`seal_version` integer NOT NULL,
	`event_n` integer NOT NULL,
	`sealed_n` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `directory_outbox` (
	`n` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`body` text NOT NULL,
	`personal` text,
	`mac` text NOT NULL,
	`at` integer NOT NULL,
	`urgent` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `directory_outbox_event` ON `directory_outbox` (`id`);--> statement-breakpoint
CREATE TABLE `job_runs` (
	`id` text PRIMARY KEY NOT NULL,
	`job` text NOT NULL,
	`at` integer NOT NULL,
	`cursor` text,
	`done` integer NOT NULL,
	`failed` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `job_runs_job` ON `job_runs` (`job`,`at`);--> statement-breakpoint
CREATE TABLE `oidc_identities` (
	`issuer` text NOT NULL,
	`subject` text NOT NULL,
	`account_id` text NOT NULL,
	`linked_at` integer NOT NULL,
	PRIMARY KEY(`issuer`, `subject`)
);
--> statement-breakpoint
CREATE INDEX `oidc_identities_account` ON `oidc_identities` (`account_id`);--> statement-breakpoint
CREATE TABLE `platform_auth_log` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`result` text NOT NULL,
	`account_index` text NOT NULL,
	`origin` text,
	`seal_version` integer NOT NULL,
	`ip_index` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `platform_auth_log_due` ON `platform_auth_log` (`result`,`at`);--> statement-breakpoint
CREATE INDEX `platform_auth_log_account` ON `platform_auth_log` (`account_index`,`at`);--> statement-breakpoint
CREATE INDEX `platform_auth_log_ip` ON `platform_auth_log` (`ip_index`,`at`);--> statement-breakpoint
CREATE TABLE `platform_deliveries` (
	`id` text PRIMARY KEY NOT NULL,
	`channel` text NOT NULL,
	`template` text NOT NULL,
	`content` text NOT NULL,
	`seal_version` integer NOT NULL,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`due_at` integer NOT NULL,
	`last_error` text,
	`created_at` integer NOT NULL,
	`settled_at` integer
);
--> statement-breakpoint
CREATE INDEX `platform_deliveries_due` ON `platform_deliveries` (`state`,`due_at`);--> statement-breakpoint
CREATE TABLE `probe_readings` (
	`id` text PRIMARY KEY NOT NULL,
	`control` text NOT NULL,
	`at` integer NOT NULL,
	`passed` integer NOT NULL,
	`value` text NOT NULL,
	`measure` integer
);
--> statement-breakpoint
CREATE INDEX `probe_readings_control` ON `probe_readings` (`control`,`at`);--> statement-breakpoint
CREATE TABLE `refusals` (
	`reason` text PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE `sign_ups` (
	`id` text PRIMARY KEY NOT NULL,
	`content` text NOT NULL,
	`seal_version` integer NOT NULL,
	`token_hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer
);
--> statement-breakpoint
CREATE INDEX `sign_ups_expires` ON `sign_ups` (`expires_at`);--> statement-breakpoint
CREATE TABLE `tenants` (
	`id` text PRIMARY KEY NOT NULL,
	`shard` text NOT NULL,
	`state` text NOT NULL,
	`moving_to` text,
	`created_at` integer NOT NULL
);
