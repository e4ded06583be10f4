ALTER TABLE `document_keys` ADD `salt` text;--> statement-breakpoint
ALTER TABLE `documents` ADD `salt` text;--> statement-breakpoint
-- A copy of a producer's document that stands under the root alone would outlive its link in a backup: it is let go, and its
-- version names it anew (`name-missing-documents.ts`), so that it is copied again under a key that dies with the link.
UPDATE `passport_copies` SET `documents_named` = 0 WHERE (`tenant_id`, `link_id`) IN (
  SELECT `copied`.`tenant_id`, `copied`.`link_id` FROM `copied_documents` AS `copied` JOIN `documents` AS `held` ON `held`.`tenant_id` = `copied`.`tenant_id` AND `held`.`id` = `copied`.`document_id` WHERE `held`.`salt` IS NULL
);--> statement-breakpoint
UPDATE `documents` SET `due_at` = 0 WHERE `salt` IS NULL AND (`tenant_id`, `id`) IN (SELECT `tenant_id`, `document_id` FROM `copied_documents`);--> statement-breakpoint
DELETE FROM `copied_documents` WHERE (`tenant_id`, `document_id`) IN (SELECT `tenant_id`, `id` FROM `documents` WHERE `salt` IS NULL AND `due_at` = 0);
