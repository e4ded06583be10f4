CREATE TABLE `sandbox_carrier_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`content` text NOT NULL,
	`seal_version` integer NOT NULL
);
