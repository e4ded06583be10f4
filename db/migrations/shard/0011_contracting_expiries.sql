CREATE TABLE `calendar_feeds` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenant_fence`(`tenant_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `calendar_feeds_one` ON `calendar_feeds` (`tenant_id`);--> statement-breakpoint
CREATE TABLE `expiry_reminders` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`what` text NOT NULL,
	`subject_id` text NOT NULL,
	`due_on` text NOT NULL,
	`days` integer NOT NULL,
	`sent_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenant_fence`(`tenant_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `expiry_reminders_once` ON `expiry_reminders` (`tenant_id`,`what`,`subject_id`,`due_on`,`days`);--> statement-breakpoint
CREATE INDEX `expiry_reminders_sent` ON `expiry_reminders` (`sent_at`);