ALTER TABLE `calls` ADD `handed_to` text;--> statement-breakpoint
ALTER TABLE `calls` ADD `order_key` text;--> statement-breakpoint
CREATE INDEX `calls_unsettled` ON `calls` (`tenant_id`,`phone_last4`,`started_at`) WHERE sync_due_at IS NOT NULL;