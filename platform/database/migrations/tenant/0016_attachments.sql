CREATE TABLE "_attachment" (
	"id" uuid PRIMARY KEY NOT NULL,
	"object" text NOT NULL,
	"record" uuid NOT NULL,
	"work_item" uuid,
	"file_name" text NOT NULL,
	"media_type" text NOT NULL,
	"size" bigint NOT NULL,
	"sha256" text NOT NULL,
	"by" uuid,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"removed_by" uuid,
	"removed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "_attachment_chunk" (
	"attachment" uuid NOT NULL,
	"number" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "_attachment_chunk_attachment_number_pk" PRIMARY KEY("attachment","number")
);
--> statement-breakpoint
ALTER TABLE "_attachment" ADD CONSTRAINT "_attachment_work_item__work_item_id_fk" FOREIGN KEY ("work_item") REFERENCES "public"."_work_item"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "_attachment_chunk" ADD CONSTRAINT "_attachment_chunk_attachment__attachment_id_fk" FOREIGN KEY ("attachment") REFERENCES "public"."_attachment"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "_attachment_record" ON "_attachment" USING btree ("object","record","id") WHERE removed_at is null;--> statement-breakpoint
CREATE INDEX "_attachment_work_item" ON "_attachment" USING btree ("work_item") WHERE work_item is not null;