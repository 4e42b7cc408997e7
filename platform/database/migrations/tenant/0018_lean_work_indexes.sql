DROP INDEX "_work_item_users";--> statement-breakpoint
DROP INDEX "_work_item_team";--> statement-breakpoint
DROP INDEX "_timer_instance";--> statement-breakpoint
CREATE INDEX "_timer_instance" ON "_timer" USING btree ("instance","status");--> statement-breakpoint
ALTER TABLE "_work_item" DROP COLUMN "candidate_team";