CREATE TABLE `outbox` (
	`tenant_id` text NOT NULL,
	`n` integer NOT NULL,
	`id` text NOT NULL,
	`body` text NOT NULL,
	`personal` text,
	`mac` text NOT NULL,
	`seal_version` integer NOT NULL,
	`account_id` text,
	`role` text,
	`at` integer NOT NULL,
	`urgent` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `n`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_event` ON `outbox` (`tenant_id`,`id`);--> statement-breakpoint
CREATE TABLE `refusals` (
	`reason` text PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE `tenant_fence` (
	`tenant_id` text PRIMARY KEY NOT NULL,
	`state` text NOT NULL,
	`seal_version` integer NOT NULL,
	`sessions_after` integer NOT NULL,
	`policy_version` integer NOT NULL,
	`event_n` integer NOT NULL,
	`sealed_n` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `invitations` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`contact` text NOT NULL,
	`seal_version` integer NOT NULL,
	`email_index` text NOT NULL,
	`role` text NOT NULL,
	`token_hash` text,
	`invited_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`accepted_at` integer,
	`accepted_by` text,
	`revoked_at` integer,
	`revoked_by` text,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenant_fence`(`tenant_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `invitations_created` ON `invitations` (`tenant_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `invitations_email` ON `invitations` (`tenant_id`,`email_index`);--> statement-breakpoint
CREATE INDEX `invitations_seal` ON `invitations` (`tenant_id`,`seal_version`);--> statement-breakpoint
CREATE TABLE `key_rotations` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`from_version` integer NOT NULL,
	`to_version` integer NOT NULL,
	`reason` text NOT NULL,
	`state` text NOT NULL,
	`total` integer NOT NULL,
	`moved` integer NOT NULL,
	`started_by` text NOT NULL,
	`started_at` integer NOT NULL,
	`finished_at` integer,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenant_fence`(`tenant_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `key_rotations_version` ON `key_rotations` (`tenant_id`,`to_version`);--> statement-breakpoint
CREATE TABLE `key_versions` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`root` text NOT NULL,
	`version` integer NOT NULL,
	`state` text NOT NULL,
	`created_at` integer NOT NULL,
	`retired_at` integer,
	`destroyed_at` integer,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenant_fence`(`tenant_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `key_versions_version` ON `key_versions` (`tenant_id`,`root`,`version`);--> statement-breakpoint
CREATE TABLE `members` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`account_id` text NOT NULL,
	`contact` text NOT NULL,
	`seal_version` integer NOT NULL,
	`joined_at` integer NOT NULL,
	`invited_by` text,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenant_fence`(`tenant_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `members_account` ON `members` (`tenant_id`,`account_id`);--> statement-breakpoint
CREATE INDEX `members_joined` ON `members` (`tenant_id`,`joined_at`,`id`);--> statement-breakpoint
CREATE INDEX `members_seal` ON `members` (`tenant_id`,`seal_version`);--> statement-breakpoint
CREATE TABLE `policy_versions` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`version` integer NOT NULL,
	`document` text NOT NULL,
	`changed_by` text NOT NULL,
	`changed_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenant_fence`(`tenant_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `policy_versions_version` ON `policy_versions` (`tenant_id`,`version`);--> statement-breakpoint
CREATE TABLE `tenant_profiles` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`preset` text NOT NULL,
	`created_at` integer NOT NULL,
	`closes_at` integer,
	`closed_by` text,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenant_fence`(`tenant_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `user_roles` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`account_id` text NOT NULL,
	`role` text NOT NULL,
	`since` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`,`id`) REFERENCES `members`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenant_fence`(`tenant_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `user_roles_account` ON `user_roles` (`tenant_id`,`account_id`);