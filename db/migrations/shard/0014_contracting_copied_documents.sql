CREATE TABLE `copied_documents` (
	`tenant_id` text NOT NULL,
	`id` text NOT NULL,
	`link_id` text NOT NULL,
	`version_id` text NOT NULL,
	`what` text NOT NULL,
	`source_id` text NOT NULL,
	`document_id` text NOT NULL,
	`size` integer,
	`media_type` text,
	`copied_at` integer,
	PRIMARY KEY(`tenant_id`, `id`),
	FOREIGN KEY (`tenant_id`,`link_id`) REFERENCES `producer_links`(`tenant_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenant_fence`(`tenant_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `copied_documents_source` ON `copied_documents` (`tenant_id`,`link_id`,`source_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `copied_documents_document` ON `copied_documents` (`tenant_id`,`document_id`);