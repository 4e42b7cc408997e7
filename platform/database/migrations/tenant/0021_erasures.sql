CREATE TABLE "_erasure" (
	"id" uuid PRIMARY KEY NOT NULL,
	"object" text NOT NULL,
	"record" uuid NOT NULL,
	"reason" text NOT NULL,
	"status" text NOT NULL,
	"records" jsonb NOT NULL,
	"report" jsonb,
	"by" uuid,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "_erasure_record" ON "_erasure" USING btree ("object","record","at");--> statement-breakpoint
CREATE FUNCTION _erases(erasure uuid, object text, records uuid[]) RETURNS boolean LANGUAGE plpgsql STABLE
SET search_path FROM CURRENT AS $$
DECLARE
  named boolean;
BEGIN
  EXECUTE pg_catalog.format('select exists (select 1 from %I._erasure where id = $1 and status = ''running''
    and records -> $2 ?& $3::text[])', pg_catalog.current_schema()) INTO named USING erasure, object, records;
  IF named THEN
    RETURN true;
  END IF;
  RAISE EXCEPTION 'Logs are opened only by an erasure that is under way, for the records that it names.'
    USING ERRCODE = 'insufficient_privilege';
END $$;--> statement-breakpoint
CREATE FUNCTION _erase_history(erasure uuid, object text, records uuid[], fields text[], notes boolean) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  erased bigint;
BEGIN
  PERFORM _erases(erasure, object, records);
  EXECUTE pg_catalog.format('update %I._change set changes = changes - $3,
      cause = case when $4 then cause - ''note'' else cause end
    where object = $1 and record = any ($2) and (changes ?| $3 or $4 and cause ? ''note'')', pg_catalog.current_schema())
    USING object, records, fields, notes;
  GET DIAGNOSTICS erased = ROW_COUNT;
  RETURN erased;
END $$;--> statement-breakpoint
CREATE FUNCTION _erase_logs(erasure uuid, object text, records uuid[]) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  schema text := pg_catalog.current_schema();
  part bigint;
  erased bigint := 0;
BEGIN
  PERFORM _erases(erasure, object, records);
  EXECUTE pg_catalog.format('update %1$I._step set payload = null where payload is not null and instance in
    (select id from %1$I._instance where object = $1 and record = any ($2))', schema) USING object, records;
  GET DIAGNOSTICS part = ROW_COUNT;
  erased := erased + part;
  EXECUTE pg_catalog.format('update %1$I._work_event set comment = null, detail = null
    where (comment is not null or detail is not null) and item in
    (select id from %1$I._work_item where object = $1 and record = any ($2))', schema) USING object, records;
  GET DIAGNOSTICS part = ROW_COUNT;
  erased := erased + part;
  EXECUTE pg_catalog.format('update %1$I._effect_attempt set error = null where error is not null and effect in
    (select id from %1$I._effect where object = $1 and record = any ($2))', schema) USING object, records;
  GET DIAGNOSTICS part = ROW_COUNT;
  RETURN erased + part;
END $$;
