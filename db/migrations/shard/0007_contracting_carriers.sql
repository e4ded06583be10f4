CREATE TABLE `carriers` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`naic` text NOT NULL,
	`states` text NOT NULL,
	`lines` text NOT NULL,
	`asks_for` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`version` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenant_fence`(`tenant_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `carriers_naic` ON `carriers` (`tenant_id`,`naic`);--> statement-breakpoint
CREATE INDEX `carriers_named` ON `carriers` (`tenant_id`,`name`,`id`);