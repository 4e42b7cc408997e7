CREATE TABLE "_clock" (
	"id" uuid PRIMARY KEY NOT NULL,
	"object" text NOT NULL,
	"record" uuid NOT NULL,
	"service_level" text NOT NULL,
	"promise" text NOT NULL,
	"status" text NOT NULL,
	"state" jsonb,
	"held" jsonb NOT NULL,
	"target" text DEFAULT '' NOT NULL,
	"definition" text NOT NULL,
	"due_at" timestamp (3) with time zone,
	"breached_at" timestamp (3) with time zone,
	"wake_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "_clock_alert" (
	"id" uuid PRIMARY KEY NOT NULL,
	"clock" uuid NOT NULL,
	"name" text NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"status" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"done_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "_clock_alert" ADD CONSTRAINT "_clock_alert_clock__clock_id_fk" FOREIGN KEY ("clock") REFERENCES "public"."_clock"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "_clock_promise" ON "_clock" USING btree ("record","service_level","promise");--> statement-breakpoint
CREATE INDEX "_clock_due" ON "_clock" USING btree ("due_at") WHERE status = 'running';--> statement-breakpoint
CREATE INDEX "_clock_live" ON "_clock" USING btree ("object","record") WHERE status in ('running', 'paused');--> statement-breakpoint
CREATE INDEX "_clock_alert_clock" ON "_clock_alert" USING btree ("clock");