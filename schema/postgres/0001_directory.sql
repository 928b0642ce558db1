-- +goose Up
CREATE TABLE firm (
  id         TEXT PRIMARY KEY,
  name       TEXT NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE company (
  id         TEXT PRIMARY KEY,
  slug       TEXT NOT NULL UNIQUE,
  name       TEXT NOT NULL,
  firm_id    TEXT NOT NULL DEFAULT '',
  state      TEXT NOT NULL DEFAULT 'active',
  created_at BIGINT NOT NULL
);

CREATE TABLE job (
  id         TEXT PRIMARY KEY,
  kind       TEXT NOT NULL,
  company_id TEXT NOT NULL DEFAULT '',
  payload    TEXT NOT NULL,
  state      TEXT NOT NULL DEFAULT 'waiting',
  run_at     BIGINT NOT NULL,
  tries      BIGINT NOT NULL DEFAULT 0,
  fault      TEXT NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL,
  ended_at   BIGINT
);
CREATE INDEX job_due ON job (state, run_at);

-- What every append-only table calls before a change.
-- +goose StatementBegin
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'append-only: %', TG_TABLE_NAME;
END $$;
-- +goose StatementEnd

-- What every table of a company calls once: rows of other companies do not exist.
-- +goose StatementBegin
CREATE PROCEDURE guard_company(name TEXT) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
  EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
  EXECUTE format('CREATE POLICY own_company ON %I USING (company_id = current_setting(''encaisse.company'', true))', name);
END $$;
-- +goose StatementEnd

-- What every append-only table calls once.
-- +goose StatementBegin
CREATE PROCEDURE make_append_only(name TEXT) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', name);
  EXECUTE format('CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', name);
END $$;
-- +goose StatementEnd
