CREATE TABLE `appointments` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`passport_id` text NOT NULL,
	`carrier` text NOT NULL,
	`state` text NOT NULL,
	`content` text NOT NULL,
	`seal_version` integer NOT NULL,
	`appointed_on` text,
	`status` text NOT NULL,
	`saved_at` integer NOT NULL,
	`saved_n` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`,`passport_id`) REFERENCES `passports`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenant_fence`(`tenant_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `appointments_seal` ON `appointments` (`tenant_id`,`seal_version`);--> statement-breakpoint
CREATE TABLE `licences` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`passport_id` text NOT NULL,
	`state` text NOT NULL,
	`content` text NOT NULL,
	`seal_version` integer NOT NULL,
	`number_index` text NOT NULL,
	`lines` text NOT NULL,
	`issued_on` text,
	`expires_on` text,
	`resident` integer NOT NULL,
	`status` text NOT NULL,
	`saved_at` integer NOT NULL,
	`saved_n` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`,`passport_id`) REFERENCES `passports`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenant_fence`(`tenant_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `licences_number` ON `licences` (`tenant_id`,`number_index`);--> statement-breakpoint
CREATE INDEX `licences_seal` ON `licences` (`tenant_id`,`seal_version`);--> statement-breakpoint
CREATE TABLE `passport_secrets` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`field` text NOT NULL,
	`secret` text NOT NULL,
	`seal_version` integer NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenant_fence`(`tenant_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `passport_secrets_seal` ON `passport_secrets` (`tenant_id`,`seal_version`);--> statement-breakpoint
CREATE TABLE `passport_versions` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`passport_id` text NOT NULL,
	`number` integer NOT NULL,
	`state` text NOT NULL,
	`contact` text NOT NULL,
	`content` text NOT NULL,
	`seal_version` integer NOT NULL,
	`ssn_id` text,
	`ein_id` text,
	`routing_id` text,
	`account_id` text,
	`ssn_last4` text,
	`routing_last4` text,
	`account_last4` text,
	`kind` text NOT NULL,
	`npn` text,
	`account_type` text,
	`cover_carrier` text,
	`cover_expires_on` text,
	`aml_on` text,
	`ce_due_on` text,
	`started_at` integer NOT NULL,
	`saved_at` integer NOT NULL,
	`saved_n` integer NOT NULL,
	`submitted_at` integer,
	`submitted_by` text,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`,`passport_id`) REFERENCES `passports`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`,`ssn_id`) REFERENCES `passport_secrets`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`,`ein_id`) REFERENCES `passport_secrets`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`,`routing_id`) REFERENCES `passport_secrets`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`,`account_id`) REFERENCES `passport_secrets`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenant_fence`(`tenant_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `passport_versions_number` ON `passport_versions` (`tenant_id`,`passport_id`,`number`);--> statement-breakpoint
CREATE UNIQUE INDEX `passport_versions_draft` ON `passport_versions` (`tenant_id`,`passport_id`) WHERE state = 'draft';--> statement-breakpoint
CREATE INDEX `passport_versions_seal` ON `passport_versions` (`tenant_id`,`seal_version`);--> statement-breakpoint
CREATE TABLE `passports` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`state` text NOT NULL,
	`created_at` integer NOT NULL,
	`remind_on` text,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenant_fence`(`tenant_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `passports_one` ON `passports` (`tenant_id`);--> statement-breakpoint
CREATE INDEX `passports_remind` ON `passports` (`remind_on`);