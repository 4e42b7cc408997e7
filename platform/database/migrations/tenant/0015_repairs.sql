CREATE TABLE "_repair" (
	"id" uuid PRIMARY KEY NOT NULL,
	"act" jsonb NOT NULL,
	"status" text NOT NULL,
	"total" integer NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"refused" integer DEFAULT 0 NOT NULL,
	"error" text,
	"by" uuid NOT NULL,
	"started_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "_repair_item" (
	"repair" uuid NOT NULL,
	"instance" uuid NOT NULL,
	"step" integer NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"code" text,
	"reason" text,
	CONSTRAINT "_repair_item_repair_instance_pk" PRIMARY KEY("repair","instance")
);
--> statement-breakpoint
ALTER TABLE "_timer" ADD COLUMN "attempts" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "_timer" ADD COLUMN "last_error" text;--> statement-breakpoint
ALTER TABLE "_timer" ADD COLUMN "failed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "_repair_item" ADD CONSTRAINT "_repair_item_repair__repair_id_fk" FOREIGN KEY ("repair") REFERENCES "public"."_repair"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "_repair_item_open" ON "_repair_item" USING btree ("repair","instance") WHERE status = 'open';--> statement-breakpoint
CREATE INDEX "_instance_live" ON "_instance" USING btree ("process","id") WHERE status = 'active';--> statement-breakpoint
CREATE INDEX "_timer_failing" ON "_timer" USING btree ("instance") WHERE status = 'pending' and last_error is not null;--> statement-breakpoint
CREATE INDEX "_work_item_due" ON "_work_item" USING btree ("due_at") WHERE completed_at is null and due_at is not null;