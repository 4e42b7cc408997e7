CREATE TABLE "_audit" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" bigint,
	"at" timestamp (3) with time zone NOT NULL,
	"actor_kind" text NOT NULL,
	"actor" uuid,
	"actor_name" text NOT NULL,
	"key" uuid,
	"impersonator" uuid,
	"impersonator_name" text,
	"action" text NOT NULL,
	"object" text,
	"record" uuid,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"address" text,
	"hash" text
);
--> statement-breakpoint
CREATE UNIQUE INDEX "_audit_number" ON "_audit" USING btree ("number");--> statement-breakpoint
CREATE INDEX "_audit_at" ON "_audit" USING btree ("at");--> statement-breakpoint
CREATE INDEX "_audit_actor" ON "_audit" USING btree ("actor","number");--> statement-breakpoint
CREATE INDEX "_audit_record" ON "_audit" USING btree ("record","number");--> statement-breakpoint
CREATE INDEX "_audit_action" ON "_audit" USING btree ("action","number");--> statement-breakpoint
CREATE FUNCTION _audit_seal() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  last record;
  sealed text;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(tg_table_schema || '._audit', 0));
  EXECUTE format('select number, hash from %I._audit where number is not null order by number desc limit 1', tg_table_schema) INTO last;
  SELECT string_agg(coalesce(octet_length(convert_to(value, 'UTF8')) || ':' || value, '-'), ',' ORDER BY place) INTO sealed
  FROM unnest(ARRAY[coalesce(last.hash, ''), (coalesce(last.number, 0) + 1)::text, new.id::text,
    to_char(new.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), new.actor_kind, new.actor::text, new.actor_name,
    new.key::text, new.impersonator::text, new.impersonator_name, new.action, new.object, new.record::text,
    new.detail::text, new.address]) WITH ORDINALITY AS parts (value, place);
  EXECUTE format('update %I._audit set number = $1, hash = $2 where id = $3', tg_table_schema)
    USING coalesce(last.number, 0) + 1, encode(sha256(convert_to(sealed, 'UTF8')), 'hex'), new.id;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE CONSTRAINT TRIGGER _audit_seal AFTER INSERT ON "_audit" DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION _audit_seal();--> statement-breakpoint
CREATE FUNCTION _audit_new() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  new.number := NULL;
  new.hash := NULL;
  RETURN new;
END $$;--> statement-breakpoint
CREATE TRIGGER _audit_new BEFORE INSERT ON "_audit" FOR EACH ROW EXECUTE FUNCTION _audit_new();--> statement-breakpoint
CREATE FUNCTION _audit_keep() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF tg_op = 'UPDATE' AND old.hash IS NULL THEN
    RETURN new;
  END IF;
  RAISE EXCEPTION 'Entries of the audit log are never changed or removed.' USING ERRCODE = 'insufficient_privilege';
END $$;--> statement-breakpoint
CREATE TRIGGER _audit_keep BEFORE UPDATE OR DELETE ON "_audit" FOR EACH ROW EXECUTE FUNCTION _audit_keep();--> statement-breakpoint
CREATE TRIGGER _audit_keep_all BEFORE TRUNCATE ON "_audit" FOR EACH STATEMENT EXECUTE FUNCTION _audit_keep();
