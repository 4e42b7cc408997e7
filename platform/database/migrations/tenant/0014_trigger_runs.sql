CREATE TABLE "_trigger_run" (
	"id" uuid PRIMARY KEY NOT NULL,
	"trigger" text NOT NULL,
	"object" text NOT NULL,
	"record" uuid,
	"kind" text NOT NULL,
	"key" text,
	"status" text NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"batch" uuid NOT NULL,
	"seen" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"chain" text[] DEFAULT '{}' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"by" uuid,
	"closed_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"done_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "_trigger_watch" (
	"trigger" text PRIMARY KEY NOT NULL,
	"definition" text NOT NULL,
	"next_at" timestamp (3) with time zone,
	"running_at" timestamp (3) with time zone,
	"position" uuid,
	"is_ready" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "_trigger_run_key" ON "_trigger_run" USING btree ("trigger","key") WHERE key is not null;--> statement-breakpoint
CREATE INDEX "_trigger_run_batch" ON "_trigger_run" USING btree ("batch","id") WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX "_trigger_run_waiting" ON "_trigger_run" USING btree ("trigger","record") WHERE status = 'pending' and kind = 'due';--> statement-breakpoint
CREATE INDEX "_trigger_run_status" ON "_trigger_run" USING btree ("status","id");