CREATE TABLE `assistants` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`base` text NOT NULL,
	`model` text NOT NULL,
	`is_on` integer NOT NULL,
	`content` text NOT NULL,
	`seal_version` integer NOT NULL,
	`set_by` text NOT NULL,
	`set_at` integer NOT NULL,
	`tested_at` integer,
	`test_outcome` text,
	`version` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenant_fence`(`tenant_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `assistants_one` ON `assistants` (`tenant_id`);--> statement-breakpoint
CREATE INDEX `assistants_seal` ON `assistants` (`tenant_id`,`seal_version`);