CREATE TABLE "_import_chunk" (
	"file" uuid NOT NULL,
	"number" integer NOT NULL,
	"rows" text NOT NULL,
	CONSTRAINT "_import_chunk_file_number_pk" PRIMARY KEY("file","number")
);
--> statement-breakpoint
CREATE TABLE "_import_file" (
	"id" uuid PRIMARY KEY NOT NULL,
	"file_name" text NOT NULL,
	"encoding" text NOT NULL,
	"delimiter" text NOT NULL,
	"columns" jsonb NOT NULL,
	"rows" integer NOT NULL,
	"by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "_import" ADD COLUMN "file" uuid;--> statement-breakpoint
ALTER TABLE "_import" ADD COLUMN "position" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "_import" ADD COLUMN "error" text;--> statement-breakpoint
ALTER TABLE "_import_chunk" ADD CONSTRAINT "_import_chunk_file__import_file_id_fk" FOREIGN KEY ("file") REFERENCES "public"."_import_file"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "_import" ADD CONSTRAINT "_import_file__import_file_id_fk" FOREIGN KEY ("file") REFERENCES "public"."_import_file"("id") ON DELETE set null ON UPDATE no action;