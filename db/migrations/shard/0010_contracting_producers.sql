CREATE TABLE `copied_licences` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`copy_id` text NOT NULL,
	`state` text NOT NULL,
	`lines` text NOT NULL,
	`issued_on` text,
	`expires_on` text,
	`resident` integer NOT NULL,
	`status` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`,`copy_id`) REFERENCES `passport_copies`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenant_fence`(`tenant_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `copied_licences_copy` ON `copied_licences` (`tenant_id`,`copy_id`,`state`);--> statement-breakpoint
CREATE TABLE `copy_openings` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`side` text NOT NULL,
	`link_id` text NOT NULL,
	`number` integer NOT NULL,
	`purpose` text NOT NULL,
	`parts` text NOT NULL,
	`content` text NOT NULL,
	`seal_version` integer NOT NULL,
	`opened_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`,`link_id`) REFERENCES `producer_links`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenant_fence`(`tenant_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `copy_openings_listed` ON `copy_openings` (`tenant_id`,`side`,`opened_at`,`id`);--> statement-breakpoint
CREATE INDEX `copy_openings_link` ON `copy_openings` (`tenant_id`,`link_id`,`opened_at`);--> statement-breakpoint
CREATE INDEX `copy_openings_opened` ON `copy_openings` (`opened_at`);--> statement-breakpoint
CREATE INDEX `copy_openings_seal` ON `copy_openings` (`tenant_id`,`seal_version`);--> statement-breakpoint
CREATE TABLE `issued_credentials` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`side` text NOT NULL,
	`link_id` text NOT NULL,
	`kind` text NOT NULL,
	`label` text NOT NULL,
	`tail` text NOT NULL,
	`secret` text,
	`seal_version` integer NOT NULL,
	`issued_at` integer NOT NULL,
	`issued_by` text NOT NULL,
	`shown_at` integer,
	`revoked_at` integer,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`,`link_id`) REFERENCES `producer_links`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenant_fence`(`tenant_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `issued_credentials_link` ON `issued_credentials` (`tenant_id`,`link_id`,`issued_at`);--> statement-breakpoint
CREATE INDEX `issued_credentials_seal` ON `issued_credentials` (`tenant_id`,`seal_version`);--> statement-breakpoint
CREATE TABLE `passport_copies` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`link_id` text NOT NULL,
	`passport_id` text NOT NULL,
	`version_id` text NOT NULL,
	`number` integer NOT NULL,
	`submitted_at` integer NOT NULL,
	`copied_at` integer NOT NULL,
	`contact` text NOT NULL,
	`secret` text NOT NULL,
	`content` text NOT NULL,
	`seal_version` integer NOT NULL,
	`kind` text NOT NULL,
	`npn` text,
	`ssn_last4` text,
	`routing_last4` text,
	`account_last4` text,
	`account_type` text,
	`has_ein` integer NOT NULL,
	`cover_carrier` text,
	`cover_expires_on` text,
	`aml_on` text,
	`ce_due_on` text,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`,`link_id`) REFERENCES `producer_links`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenant_fence`(`tenant_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `passport_copies_link` ON `passport_copies` (`tenant_id`,`link_id`);--> statement-breakpoint
CREATE INDEX `passport_copies_seal` ON `passport_copies` (`tenant_id`,`seal_version`);--> statement-breakpoint
CREATE TABLE `producer_invitations` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`contact` text NOT NULL,
	`seal_version` integer NOT NULL,
	`email_index` text NOT NULL,
	`token_hash` text NOT NULL,
	`invited_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`accepted_at` integer,
	`link_id` text,
	`revoked_at` integer,
	`revoked_by` text,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenant_fence`(`tenant_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `producer_invitations_created` ON `producer_invitations` (`tenant_id`,`created_at`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `producer_invitations_open` ON `producer_invitations` (`tenant_id`,`email_index`) WHERE accepted_at IS NULL AND revoked_at IS NULL;--> statement-breakpoint
CREATE INDEX `producer_invitations_expires` ON `producer_invitations` (`expires_at`);--> statement-breakpoint
CREATE INDEX `producer_invitations_seal` ON `producer_invitations` (`tenant_id`,`seal_version`);--> statement-breakpoint
CREATE TABLE `producer_links` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`side` text NOT NULL,
	`other_id` text NOT NULL,
	`contact` text NOT NULL,
	`seal_version` integer NOT NULL,
	`state` text NOT NULL,
	`started_at` integer NOT NULL,
	`ended_at` integer,
	`copied_number` integer,
	`erased_at` integer,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenant_fence`(`tenant_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `producer_links_active` ON `producer_links` (`tenant_id`,`side`,`other_id`) WHERE state = 'active';--> statement-breakpoint
CREATE INDEX `producer_links_listed` ON `producer_links` (`tenant_id`,`side`,`state`,`started_at`,`id`);--> statement-breakpoint
CREATE INDEX `producer_links_other` ON `producer_links` (`other_id`,`state`);--> statement-breakpoint
CREATE INDEX `producer_links_seal` ON `producer_links` (`tenant_id`,`seal_version`);--> statement-breakpoint
CREATE TABLE `releases` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`side` text NOT NULL,
	`link_id` text NOT NULL,
	`asked_by` text NOT NULL,
	`state` text NOT NULL,
	`asked_at` integer NOT NULL,
	`due_at` integer NOT NULL,
	`answered_at` integer,
	`answered_by` text,
	`content` text NOT NULL,
	`seal_version` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`,`link_id`) REFERENCES `producer_links`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenant_fence`(`tenant_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `releases_open` ON `releases` (`tenant_id`,`link_id`) WHERE state = 'requested';--> statement-breakpoint
CREATE INDEX `releases_due` ON `releases` (`state`,`side`,`due_at`);--> statement-breakpoint
CREATE INDEX `releases_link` ON `releases` (`tenant_id`,`link_id`,`asked_at`);--> statement-breakpoint
CREATE INDEX `releases_seal` ON `releases` (`tenant_id`,`seal_version`);