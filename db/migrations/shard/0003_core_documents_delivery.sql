CREATE TABLE `deliveries` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`channel` text NOT NULL,
	`template` text NOT NULL,
	`content` text NOT NULL,
	`seal_version` integer NOT NULL,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`due_at` integer NOT NULL,
	`last_error` text,
	`created_at` integer NOT NULL,
	`settled_at` integer,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenant_fence`(`tenant_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `deliveries_due` ON `deliveries` (`state`,`due_at`);--> statement-breakpoint
CREATE INDEX `deliveries_created` ON `deliveries` (`tenant_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `deliveries_seal` ON `deliveries` (`tenant_id`,`seal_version`);--> statement-breakpoint
CREATE TABLE `document_keys` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`content` text NOT NULL,
	`seal_version` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`,`id`) REFERENCES `documents`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenant_fence`(`tenant_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `document_keys_seal` ON `document_keys` (`tenant_id`,`seal_version`);--> statement-breakpoint
CREATE TABLE `documents` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`content` text NOT NULL,
	`seal_version` integer NOT NULL,
	`category` text NOT NULL,
	`state` text NOT NULL,
	`media_type` text,
	`size` integer,
	`object_id` text,
	`phi_ack_by` text,
	`phi_ack_at` integer,
	`phi_notice` integer,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`trashed_by` text,
	`trashed_at` integer,
	`due_at` integer,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenant_fence`(`tenant_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `documents_listed` ON `documents` (`tenant_id`,`state`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `documents_due` ON `documents` (`due_at`);--> statement-breakpoint
CREATE INDEX `documents_seal` ON `documents` (`tenant_id`,`seal_version`);