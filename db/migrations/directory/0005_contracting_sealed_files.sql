CREATE TABLE `sealed_files` (
	`id` text PRIMARY KEY NOT NULL,
	`sha256` text NOT NULL,
	`seal` text NOT NULL,
	`sealed_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sealed_files_file` ON `sealed_files` (`sha256`);--> statement-breakpoint
CREATE INDEX `sealed_files_seal` ON `sealed_files` (`seal`);