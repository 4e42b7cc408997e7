CREATE TABLE "_invocation" (
	"id" uuid PRIMARY KEY NOT NULL,
	"instance" uuid NOT NULL,
	"invocation" text NOT NULL,
	"actor" text NOT NULL,
	"object" text,
	"record" uuid,
	"child" uuid,
	"input" jsonb,
	"status" text NOT NULL,
	"result" jsonb,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "_invocation" ADD CONSTRAINT "_invocation_instance__instance_id_fk" FOREIGN KEY ("instance") REFERENCES "public"."_instance"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "_invocation" ADD CONSTRAINT "_invocation_child__instance_id_fk" FOREIGN KEY ("child") REFERENCES "public"."_instance"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "_invocation_instance" ON "_invocation" USING btree ("instance");--> statement-breakpoint
CREATE INDEX "_invocation_child" ON "_invocation" USING btree ("child") WHERE status = 'open';--> statement-breakpoint
CREATE INDEX "_invocation_watched" ON "_invocation" USING btree ("record") WHERE status = 'open' and actor = 'wait_for';