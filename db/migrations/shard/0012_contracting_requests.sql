CREATE TABLE `webhook_endpoints` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`carrier_id` text NOT NULL,
	`url` text NOT NULL,
	`content` text NOT NULL,
	`seal_version` integer NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`ended_at` integer,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`,`carrier_id`) REFERENCES `carriers`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenant_fence`(`tenant_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `webhook_endpoints_carrier` ON `webhook_endpoints` (`tenant_id`,`carrier_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `webhook_endpoints_seal` ON `webhook_endpoints` (`tenant_id`,`seal_version`);--> statement-breakpoint
CREATE TABLE `contracting_requests` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`kind` text NOT NULL,
	`carrier_id` text NOT NULL,
	`link_id` text NOT NULL,
	`states` text NOT NULL,
	`content` text NOT NULL,
	`seal_version` integer NOT NULL,
	`state` text NOT NULL,
	`state_at` integer NOT NULL,
	`version` integer NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`signed_number` integer,
	`transmitted_at` integer,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`,`carrier_id`) REFERENCES `carriers`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`,`link_id`) REFERENCES `producer_links`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenant_fence`(`tenant_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `contracting_requests_listed` ON `contracting_requests` (`tenant_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `contracting_requests_state` ON `contracting_requests` (`tenant_id`,`state`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `contracting_requests_carrier` ON `contracting_requests` (`tenant_id`,`carrier_id`,`transmitted_at`,`id`);--> statement-breakpoint
CREATE INDEX `contracting_requests_link` ON `contracting_requests` (`tenant_id`,`link_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `contracting_requests_seal` ON `contracting_requests` (`tenant_id`,`seal_version`);--> statement-breakpoint
CREATE TABLE `request_documents` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`request_id` text NOT NULL,
	`packet_id` text NOT NULL,
	`sha256` text NOT NULL,
	`signed_at` integer NOT NULL,
	`replaced_at` integer,
	`transmission_id` text,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`,`request_id`) REFERENCES `contracting_requests`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenant_fence`(`tenant_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `request_documents_of` ON `request_documents` (`tenant_id`,`request_id`,`signed_at`);--> statement-breakpoint
CREATE TABLE `request_states` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`request_id` text NOT NULL,
	`state` text NOT NULL,
	`at` integer NOT NULL,
	`by_kind` text NOT NULL,
	`by_id` text NOT NULL,
	`content` text,
	`seal_version` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`,`request_id`) REFERENCES `contracting_requests`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenant_fence`(`tenant_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `request_states_of` ON `request_states` (`tenant_id`,`request_id`,`at`,`id`);--> statement-breakpoint
CREATE INDEX `request_states_seal` ON `request_states` (`tenant_id`,`seal_version`);--> statement-breakpoint
CREATE TABLE `transmissions` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`request_id` text NOT NULL,
	`carrier_id` text NOT NULL,
	`at` integer NOT NULL,
	`by_id` text NOT NULL,
	`receipt` text NOT NULL,
	`content` text NOT NULL,
	`seal_version` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`,`request_id`) REFERENCES `contracting_requests`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`,`carrier_id`) REFERENCES `carriers`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenant_fence`(`tenant_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `transmissions_of` ON `transmissions` (`tenant_id`,`request_id`,`at`);--> statement-breakpoint
CREATE INDEX `transmissions_seal` ON `transmissions` (`tenant_id`,`seal_version`);--> statement-breakpoint
CREATE TABLE `writing_numbers` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`request_id` text NOT NULL,
	`states` text NOT NULL,
	`content` text NOT NULL,
	`seal_version` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`,`request_id`) REFERENCES `contracting_requests`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenant_fence`(`tenant_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `writing_numbers_of` ON `writing_numbers` (`tenant_id`,`request_id`,`at`);--> statement-breakpoint
CREATE INDEX `writing_numbers_seal` ON `writing_numbers` (`tenant_id`,`seal_version`);