CREATE TABLE "_approval" (
	"id" uuid PRIMARY KEY NOT NULL,
	"instance" uuid NOT NULL,
	"invocation" text NOT NULL,
	"object" text NOT NULL,
	"record" uuid NOT NULL,
	"title" jsonb NOT NULL,
	"requested_by" uuid,
	"status" text NOT NULL,
	"plan" jsonb NOT NULL,
	"course" jsonb NOT NULL,
	"level" text,
	"due_at" timestamp (3) with time zone,
	"started_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "_work_item" ADD COLUMN "approval" uuid;--> statement-breakpoint
ALTER TABLE "_work_item" ADD COLUMN "seat" text;--> statement-breakpoint
ALTER TABLE "_approval" ADD CONSTRAINT "_approval_instance__instance_id_fk" FOREIGN KEY ("instance") REFERENCES "public"."_instance"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "_approval_record" ON "_approval" USING btree ("object","record");--> statement-breakpoint
CREATE INDEX "_approval_instance" ON "_approval" USING btree ("instance","invocation");--> statement-breakpoint
ALTER TABLE "_work_item" ADD CONSTRAINT "_work_item_approval__approval_id_fk" FOREIGN KEY ("approval") REFERENCES "public"."_approval"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "_work_item_approval" ON "_work_item" USING btree ("approval") WHERE approval is not null;