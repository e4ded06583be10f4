CREATE TABLE `sandbox_ams` (
	`id` text PRIMARY KEY NOT NULL,
	`does` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `sandbox_ams_notes` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`reference` text NOT NULL,
	`wire` text NOT NULL,
	`content` text NOT NULL,
	`seal_version` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `sandbox_ams_notes_reference` ON `sandbox_ams_notes` (`reference`);--> statement-breakpoint
CREATE INDEX `sandbox_ams_notes_at` ON `sandbox_ams_notes` (`at`,`id`);