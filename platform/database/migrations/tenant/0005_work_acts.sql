CREATE TABLE "_absence" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person" uuid NOT NULL,
	"substitute" uuid NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"created_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"cancelled_at" timestamp (3) with time zone,
	"cancelled_by" uuid
);
--> statement-breakpoint
CREATE TABLE "_work_event" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "_work_event_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"item" uuid NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"by" uuid,
	"on_behalf_of" uuid,
	"act" text NOT NULL,
	"from_user" uuid,
	"to_user" uuid,
	"comment" text,
	"detail" jsonb
);
--> statement-breakpoint
ALTER TABLE "_work_item" ADD COLUMN "delegated_by" uuid;--> statement-breakpoint
ALTER TABLE "_work_item" ADD COLUMN "parent" uuid;--> statement-breakpoint
ALTER TABLE "_work_item" ADD COLUMN "place" text;--> statement-breakpoint
ALTER TABLE "_work_item" ADD COLUMN "added_by" uuid;--> statement-breakpoint
ALTER TABLE "_work_event" ADD CONSTRAINT "_work_event_item__work_item_id_fk" FOREIGN KEY ("item") REFERENCES "public"."_work_item"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "_absence_substitute" ON "_absence" USING btree ("substitute","ends_at");--> statement-breakpoint
CREATE INDEX "_absence_person" ON "_absence" USING btree ("person","ends_at");--> statement-breakpoint
CREATE INDEX "_work_event_item" ON "_work_event" USING btree ("item","id");--> statement-breakpoint
ALTER TABLE "_work_item" ADD CONSTRAINT "_work_item_parent__work_item_id_fk" FOREIGN KEY ("parent") REFERENCES "public"."_work_item"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "_work_item_delegated" ON "_work_item" USING btree ("delegated_by") WHERE completed_at is null and delegated_by is not null;--> statement-breakpoint
CREATE INDEX "_work_item_parent" ON "_work_item" USING btree ("parent") WHERE parent is not null;