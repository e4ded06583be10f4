CREATE TABLE `sandbox_accounts` (
	`email` text PRIMARY KEY NOT NULL,
	`seats` text NOT NULL,
	`content` text NOT NULL,
	`seal_version` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `sandbox_clock` (
	`id` text PRIMARY KEY NOT NULL,
	`ahead_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `sandbox_mail` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`idempotency_key` text,
	`payload_hash` text NOT NULL,
	`content` text NOT NULL,
	`seal_version` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sandbox_mail_key` ON `sandbox_mail` (`idempotency_key`);