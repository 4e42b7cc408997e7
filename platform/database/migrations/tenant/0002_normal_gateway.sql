CREATE TABLE "_notification" (
	"id" uuid PRIMARY KEY NOT NULL,
	"recipient" uuid NOT NULL,
	"text" text NOT NULL,
	"object" text,
	"record" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"read_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE INDEX "_notification_recipient" ON "_notification" USING btree ("recipient","id");