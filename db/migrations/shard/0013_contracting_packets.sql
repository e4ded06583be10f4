CREATE TABLE `filled_packets` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`request_id` text NOT NULL,
	`link_id` text NOT NULL,
	`producer_id` text NOT NULL,
	`carrier_id` text NOT NULL,
	`packet_version_id` text NOT NULL,
	`passport_version_id` text NOT NULL,
	`basis` text NOT NULL,
	`state` text NOT NULL,
	`content` text NOT NULL,
	`seal_version` integer NOT NULL,
	`document_id` text NOT NULL,
	`review_id` text NOT NULL,
	`pages` integer NOT NULL,
	`filled_by` text NOT NULL,
	`filled_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`,`packet_version_id`) REFERENCES `packet_versions`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenant_fence`(`tenant_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `filled_packets_current` ON `filled_packets` (`tenant_id`,`request_id`) WHERE state <> 'replaced';--> statement-breakpoint
CREATE INDEX `filled_packets_seal` ON `filled_packets` (`tenant_id`,`seal_version`);--> statement-breakpoint
CREATE TABLE `packet_offers` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`fmo_id` text NOT NULL,
	`request_id` text NOT NULL,
	`basis` text NOT NULL,
	`state` text NOT NULL,
	`content` text NOT NULL,
	`seal_version` integer NOT NULL,
	`pages` integer NOT NULL,
	`review_id` text NOT NULL,
	`signed_id` text,
	`signed_sha256` text,
	`offered_at` integer NOT NULL,
	`signed_at` integer,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenant_fence`(`tenant_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `packet_offers_listed` ON `packet_offers` (`tenant_id`,`state`,`offered_at`,`id`);--> statement-breakpoint
CREATE INDEX `packet_offers_seal` ON `packet_offers` (`tenant_id`,`seal_version`);--> statement-breakpoint
CREATE TABLE `packet_signatures` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`filled_id` text NOT NULL,
	`request_id` text NOT NULL,
	`content` text NOT NULL,
	`seal_version` integer NOT NULL,
	`account_id` text NOT NULL,
	`basis` text NOT NULL,
	`document_id` text NOT NULL,
	`sha256` text NOT NULL,
	`copy_id` text NOT NULL,
	`copy_sha256` text NOT NULL,
	`signed_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`,`filled_id`) REFERENCES `filled_packets`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenant_fence`(`tenant_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `packet_signatures_filled` ON `packet_signatures` (`tenant_id`,`filled_id`);--> statement-breakpoint
CREATE INDEX `packet_signatures_request` ON `packet_signatures` (`tenant_id`,`request_id`);--> statement-breakpoint
CREATE INDEX `packet_signatures_seal` ON `packet_signatures` (`tenant_id`,`seal_version`);--> statement-breakpoint
CREATE TABLE `packet_versions` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`packet_id` text NOT NULL,
	`number` integer NOT NULL,
	`state` text NOT NULL,
	`content` text NOT NULL,
	`seal_version` integer NOT NULL,
	`digest` text NOT NULL,
	`edition` integer NOT NULL,
	`pages` integer NOT NULL,
	`fields` integer NOT NULL,
	`mapped` integer NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`published_at` integer,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`,`packet_id`) REFERENCES `packets`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenant_fence`(`tenant_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `packet_versions_number` ON `packet_versions` (`tenant_id`,`packet_id`,`number`);--> statement-breakpoint
CREATE UNIQUE INDEX `packet_versions_draft` ON `packet_versions` (`tenant_id`,`packet_id`) WHERE state = 'draft';--> statement-breakpoint
CREATE INDEX `packet_versions_seal` ON `packet_versions` (`tenant_id`,`seal_version`);--> statement-breakpoint
CREATE TABLE `packets` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`carrier_id` text NOT NULL,
	`name` text NOT NULL,
	`for_kind` text NOT NULL,
	`state` text NOT NULL,
	`published_id` text,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`,`carrier_id`) REFERENCES `carriers`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenant_fence`(`tenant_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `packets_carrier` ON `packets` (`tenant_id`,`carrier_id`,`state`);--> statement-breakpoint
CREATE INDEX `packets_listed` ON `packets` (`tenant_id`,`created_at`,`id`);