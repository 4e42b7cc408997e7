DROP INDEX "_work_item_assignee";--> statement-breakpoint
DROP INDEX "_work_item_roles";--> statement-breakpoint
CREATE INDEX "_work_item_assignee" ON "_work_item" USING btree ("assignee","due_at") WHERE completed_at is null and assignee is not null;--> statement-breakpoint
CREATE INDEX "_work_item_roles" ON "_work_item" USING gin ("candidate_roles") WHERE completed_at is null and assignee is null;