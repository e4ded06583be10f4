CREATE TABLE `call_handlers` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`connection_id` text NOT NULL,
	`word_index` text NOT NULL,
	`content` text NOT NULL,
	`seal_version` integer NOT NULL,
	`member_id` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`,`connection_id`) REFERENCES `hook_connections`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenant_fence`(`tenant_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `call_handlers_word` ON `call_handlers` (`tenant_id`,`connection_id`,`word_index`);--> statement-breakpoint
CREATE INDEX `call_handlers_seal` ON `call_handlers` (`tenant_id`,`seal_version`);--> statement-breakpoint
CREATE TABLE `calls` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`connection_id` text NOT NULL,
	`session_id` text NOT NULL,
	`direction` text NOT NULL,
	`outcome` text NOT NULL,
	`started_at` integer NOT NULL,
	`answered_at` integer,
	`ended_at` integer,
	`duration_s` integer,
	`member_id` text,
	`phone_last4` text,
	`content` text,
	`seal_version` integer NOT NULL,
	`has_transcript` integer NOT NULL,
	`state` text NOT NULL,
	`sync_due_at` integer,
	`cap_at` integer NOT NULL,
	`content_digest` text,
	`purged_at` integer,
	`version` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`,`connection_id`) REFERENCES `hook_connections`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenant_fence`(`tenant_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `calls_session` ON `calls` (`tenant_id`,`connection_id`,`session_id`);--> statement-breakpoint
CREATE INDEX `calls_listed` ON `calls` (`tenant_id`,`started_at`,`id`);--> statement-breakpoint
CREATE INDEX `calls_member` ON `calls` (`tenant_id`,`member_id`,`started_at`,`id`);--> statement-breakpoint
CREATE INDEX `calls_state` ON `calls` (`state`,`cap_at`);--> statement-breakpoint
CREATE INDEX `calls_seal` ON `calls` (`tenant_id`,`seal_version`);--> statement-breakpoint
CREATE TABLE `hook_connections` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`sender` text NOT NULL,
	`label` text NOT NULL,
	`content` text NOT NULL,
	`seal_version` integer NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`secret_at` integer NOT NULL,
	`previous_until` integer,
	`revoked_at` integer,
	`version` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenant_fence`(`tenant_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `hook_connections_listed` ON `hook_connections` (`tenant_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `hook_connections_seal` ON `hook_connections` (`tenant_id`,`seal_version`);--> statement-breakpoint
CREATE TABLE `webhook_events` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`connection_id` text NOT NULL,
	`sender` text NOT NULL,
	`event_id` text NOT NULL,
	`type` text NOT NULL,
	`result` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`,`connection_id`) REFERENCES `hook_connections`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenant_fence`(`tenant_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `webhook_events_once` ON `webhook_events` (`tenant_id`,`connection_id`,`event_id`);--> statement-breakpoint
CREATE INDEX `webhook_events_listed` ON `webhook_events` (`tenant_id`,`connection_id`,`at`,`id`);--> statement-breakpoint
CREATE INDEX `webhook_events_due` ON `webhook_events` (`at`);