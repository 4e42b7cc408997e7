CREATE TABLE "_change" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "_change_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"object" text NOT NULL,
	"record" uuid NOT NULL,
	"version" integer NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"by" uuid,
	"action" text NOT NULL,
	"changes" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"cause" jsonb
);
--> statement-breakpoint
CREATE TABLE "_effect" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"payload" jsonb NOT NULL,
	"idempotency_key" text NOT NULL,
	"status" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"done_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "_import_row" (
	"import" uuid NOT NULL,
	"line" integer NOT NULL,
	"status" text NOT NULL,
	"problems" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"source" jsonb NOT NULL,
	"record" uuid,
	CONSTRAINT "_import_row_import_line_pk" PRIMARY KEY("import","line")
);
--> statement-breakpoint
CREATE TABLE "_import" (
	"id" uuid PRIMARY KEY NOT NULL,
	"object" text NOT NULL,
	"file_name" text NOT NULL,
	"mapping" jsonb NOT NULL,
	"options" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"status" text NOT NULL,
	"total" integer DEFAULT 0 NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"created" integer DEFAULT 0 NOT NULL,
	"updated" integer DEFAULT 0 NOT NULL,
	"failed" integer DEFAULT 0 NOT NULL,
	"started_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"by" uuid
);
--> statement-breakpoint
CREATE TABLE "_instance" (
	"id" uuid PRIMARY KEY NOT NULL,
	"process" text NOT NULL,
	"definition" text NOT NULL,
	"object" text,
	"record" uuid,
	"status" text NOT NULL,
	"snapshot" text NOT NULL,
	"states" text[] DEFAULT '{}' NOT NULL,
	"step" integer DEFAULT 0 NOT NULL,
	"started_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "_process_definition" (
	"hash" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"document" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "_sequence" (
	"name" text NOT NULL,
	"period" text DEFAULT '' NOT NULL,
	"value" bigint NOT NULL,
	CONSTRAINT "_sequence_name_period_pk" PRIMARY KEY("name","period")
);
--> statement-breakpoint
CREATE TABLE "_setting" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "_step" (
	"instance" uuid NOT NULL,
	"number" integer NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"by" uuid,
	"event" text NOT NULL,
	"payload" jsonb,
	"transitions" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"states" text[] DEFAULT '{}' NOT NULL,
	CONSTRAINT "_step_instance_number_pk" PRIMARY KEY("instance","number")
);
--> statement-breakpoint
CREATE TABLE "_timer" (
	"id" uuid PRIMARY KEY NOT NULL,
	"instance" uuid NOT NULL,
	"event_id" text NOT NULL,
	"token" uuid NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"status" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "_work_item" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"instance" uuid,
	"invocation" text,
	"token" uuid,
	"object" text,
	"record" uuid,
	"title" jsonb NOT NULL,
	"assignee" uuid,
	"candidate_roles" text[] DEFAULT '{}' NOT NULL,
	"candidate_users" uuid[] DEFAULT '{}' NOT NULL,
	"candidate_team" uuid,
	"due_at" timestamp (3) with time zone,
	"priority" integer DEFAULT 0 NOT NULL,
	"form" jsonb,
	"status" text NOT NULL,
	"outcome" text,
	"result" jsonb,
	"claimed_at" timestamp (3) with time zone,
	"completed_by" uuid,
	"completed_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "_import_row" ADD CONSTRAINT "_import_row_import__import_id_fk" FOREIGN KEY ("import") REFERENCES "public"."_import"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "_instance" ADD CONSTRAINT "_instance_definition__process_definition_hash_fk" FOREIGN KEY ("definition") REFERENCES "public"."_process_definition"("hash") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "_step" ADD CONSTRAINT "_step_instance__instance_id_fk" FOREIGN KEY ("instance") REFERENCES "public"."_instance"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "_timer" ADD CONSTRAINT "_timer_instance__instance_id_fk" FOREIGN KEY ("instance") REFERENCES "public"."_instance"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "_work_item" ADD CONSTRAINT "_work_item_instance__instance_id_fk" FOREIGN KEY ("instance") REFERENCES "public"."_instance"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "_change_record" ON "_change" USING btree ("object","record","id");--> statement-breakpoint
CREATE UNIQUE INDEX "_effect_idempotency_key" ON "_effect" USING btree ("idempotency_key");--> statement-breakpoint
CREATE INDEX "_effect_open" ON "_effect" USING btree ("created_at") WHERE done_at is null;--> statement-breakpoint
CREATE INDEX "_instance_record" ON "_instance" USING btree ("object","record");--> statement-breakpoint
CREATE INDEX "_instance_definition" ON "_instance" USING btree ("definition");--> statement-breakpoint
CREATE INDEX "_timer_instance" ON "_timer" USING btree ("instance");--> statement-breakpoint
CREATE INDEX "_timer_due" ON "_timer" USING btree ("due_at") WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX "_work_item_assignee" ON "_work_item" USING btree ("assignee","due_at") WHERE completed_at is null;--> statement-breakpoint
CREATE INDEX "_work_item_roles" ON "_work_item" USING gin ("candidate_roles") WHERE completed_at is null;--> statement-breakpoint
CREATE INDEX "_work_item_users" ON "_work_item" USING gin ("candidate_users") WHERE completed_at is null;--> statement-breakpoint
CREATE INDEX "_work_item_team" ON "_work_item" USING btree ("candidate_team") WHERE completed_at is null;--> statement-breakpoint
CREATE INDEX "_work_item_record" ON "_work_item" USING btree ("object","record");--> statement-breakpoint
CREATE INDEX "_work_item_instance" ON "_work_item" USING btree ("instance");