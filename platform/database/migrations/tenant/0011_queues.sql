CREATE TABLE "_person_skill" (
	"person" uuid NOT NULL,
	"skill" text NOT NULL,
	"level" integer NOT NULL,
	CONSTRAINT "_person_skill_person_skill_pk" PRIMARY KEY("person","skill")
);
--> statement-breakpoint
CREATE TABLE "_queue" (
	"name" text PRIMARY KEY NOT NULL,
	"turn" bigint DEFAULT 0 NOT NULL,
	"pass" double precision DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "_queue_turn" (
	"queue" text NOT NULL,
	"person" uuid NOT NULL,
	"turn" bigint NOT NULL,
	"pass" double precision NOT NULL,
	CONSTRAINT "_queue_turn_queue_person_pk" PRIMARY KEY("queue","person")
);
--> statement-breakpoint
CREATE TABLE "_work_person" (
	"person" uuid PRIMARY KEY NOT NULL,
	"presence" text DEFAULT 'away' NOT NULL,
	"since" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"capacity" integer,
	"share" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
DROP INDEX "_work_item_roles";--> statement-breakpoint
ALTER TABLE "_work_item" ADD COLUMN "candidate_teams" uuid[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "_work_item" ADD COLUMN "queue" text;--> statement-breakpoint
ALTER TABLE "_work_item" ADD COLUMN "queue_rule" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "_work_item" ADD COLUMN "queue_definition" text;--> statement-breakpoint
ALTER TABLE "_work_item" ADD COLUMN "queue_rank" double precision;--> statement-breakpoint
ALTER TABLE "_work_item" ADD COLUMN "queued_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "_work_item" ADD COLUMN "overflow_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "_work_item" ADD COLUMN "units" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "_work_item" ADD COLUMN "sticky" text;--> statement-breakpoint
CREATE INDEX "_work_item_queue" ON "_work_item" USING btree ("queue","queue_rank","id","queue_rule") WHERE status = 'open' and assignee is null and queue is not null;--> statement-breakpoint
CREATE INDEX "_work_item_sticky" ON "_work_item" USING btree ("sticky","claimed_at") WHERE sticky is not null and claimed_at is not null;--> statement-breakpoint
CREATE INDEX "_work_item_roles" ON "_work_item" USING gin ("candidate_roles") WHERE completed_at is null and assignee is null and queue is null;