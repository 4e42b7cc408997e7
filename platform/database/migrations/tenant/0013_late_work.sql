ALTER TABLE "_work_item" ADD COLUMN "overdue_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "_work_item" ADD COLUMN "overdue_done" text[] DEFAULT '{}' NOT NULL;