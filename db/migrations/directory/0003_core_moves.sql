ALTER TABLE `tenants` ADD `moving_since` integer;--> statement-breakpoint
ALTER TABLE `tenants` ADD `moved_from` text;