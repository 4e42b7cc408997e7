CREATE TABLE "_process_migration" (
	"id" uuid PRIMARY KEY NOT NULL,
	"process" text NOT NULL,
	"definition" text NOT NULL,
	"status" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"moved" integer DEFAULT 0 NOT NULL,
	"refused" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "_process_migration_refusal" (
	"migration" uuid NOT NULL,
	"instance" uuid NOT NULL,
	"code" text NOT NULL,
	"reason" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "_process_migration_refusal_migration_instance_pk" PRIMARY KEY("migration","instance")
);
--> statement-breakpoint
CREATE TABLE "_process_release" (
	"process" text PRIMARY KEY NOT NULL,
	"definition" text NOT NULL,
	"for_the_rest" text NOT NULL,
	"for_all_from" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "_process_migration_refusal" ADD CONSTRAINT "_process_migration_refusal_migration__process_migration_id_fk" FOREIGN KEY ("migration") REFERENCES "public"."_process_migration"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "_process_migration_process" ON "_process_migration" USING btree ("process","created_at");