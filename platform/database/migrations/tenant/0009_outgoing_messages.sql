CREATE TABLE "_effect_attempt" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "_effect_attempt_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"effect" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"outcome" text NOT NULL,
	"status" integer,
	"error" text,
	"ms" integer,
	"by" uuid
);
--> statement-breakpoint
DROP INDEX "_effect_open";--> statement-breakpoint
ALTER TABLE "_effect" ADD COLUMN "number" bigint NOT NULL GENERATED ALWAYS AS IDENTITY (sequence name "_effect_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1);--> statement-breakpoint
ALTER TABLE "_effect" ADD COLUMN "connection" text;--> statement-breakpoint
ALTER TABLE "_effect" ADD COLUMN "object" text;--> statement-breakpoint
ALTER TABLE "_effect" ADD COLUMN "record" uuid;--> statement-breakpoint
ALTER TABLE "_effect" ADD COLUMN "cause" jsonb;--> statement-breakpoint
ALTER TABLE "_effect" ADD COLUMN "lane" text;--> statement-breakpoint
ALTER TABLE "_effect" ADD COLUMN "instance" uuid;--> statement-breakpoint
ALTER TABLE "_effect" ADD COLUMN "invocation" text;--> statement-breakpoint
ALTER TABLE "_effect" ADD COLUMN "token" uuid;--> statement-breakpoint
ALTER TABLE "_effect" ADD COLUMN "next_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "_effect" ADD COLUMN "answer" jsonb;--> statement-breakpoint
ALTER TABLE "_effect" ADD COLUMN "closed_by" uuid;--> statement-breakpoint
ALTER TABLE "_effect_attempt" ADD CONSTRAINT "_effect_attempt_effect__effect_id_fk" FOREIGN KEY ("effect") REFERENCES "public"."_effect"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "_effect_attempt_effect" ON "_effect_attempt" USING btree ("effect","id");--> statement-breakpoint
CREATE INDEX "_effect_status" ON "_effect" USING btree ("status","number");--> statement-breakpoint
CREATE INDEX "_effect_lane" ON "_effect" USING btree ("lane","number") WHERE lane is not null and status in ('waiting', 'failed');--> statement-breakpoint
CREATE INDEX "_effect_instance" ON "_effect" USING btree ("instance") WHERE instance is not null and status = 'waiting';