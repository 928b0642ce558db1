-- +goose Up
CREATE TABLE app_user (
  id                TEXT PRIMARY KEY,
  email             TEXT NOT NULL UNIQUE,
  name              TEXT NOT NULL,
  password          TEXT NOT NULL,
  state             TEXT NOT NULL CHECK (state IN ('active', 'disabled')),
  creates_companies INTEGER NOT NULL,
  totp_secret       BLOB,
  totp_pending      BLOB,
  totp_step         INTEGER NOT NULL DEFAULT 0,
  recovery          TEXT NOT NULL DEFAULT '',
  created_at        INTEGER NOT NULL,
  password_at       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE firm_member (
  firm_id    TEXT NOT NULL REFERENCES firm (id),
  user_id    TEXT NOT NULL REFERENCES app_user (id),
  leads      INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (firm_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX firm_member_user ON firm_member (user_id);
CREATE INDEX company_firm ON company (firm_id) WHERE firm_id <> '';

CREATE TABLE membership (
  company_id TEXT NOT NULL REFERENCES company (id),
  user_id    TEXT NOT NULL REFERENCES app_user (id),
  role       TEXT NOT NULL,
  locations  TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (company_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX membership_user ON membership (user_id);

CREATE TABLE session (
  id            TEXT PRIMARY KEY,
  token_hash    BLOB NOT NULL UNIQUE,
  user_id       TEXT NOT NULL REFERENCES app_user (id),
  stage         TEXT NOT NULL CHECK (stage IN ('code', 'open')),
  second_factor INTEGER NOT NULL,
  agent         TEXT NOT NULL,
  created_at    INTEGER NOT NULL,
  verified_at   INTEGER NOT NULL,
  seen_at       INTEGER NOT NULL,
  expires_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_person ON session (user_id);
CREATE INDEX session_expiry ON session (expires_at);

CREATE TABLE invitation (
  id         TEXT PRIMARY KEY,
  token_hash BLOB NOT NULL UNIQUE,
  kind       TEXT NOT NULL CHECK (kind IN ('member', 'accountant', 'colleague')),
  company_id TEXT NOT NULL,
  firm_id    TEXT NOT NULL,
  email      TEXT NOT NULL,
  role       TEXT NOT NULL,
  locations  TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at    INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX invitation_company ON invitation (company_id, used_at);
CREATE INDEX invitation_firm ON invitation (firm_id, used_at);

CREATE TABLE password_reset (
  id         TEXT PRIMARY KEY,
  token_hash BLOB NOT NULL UNIQUE,
  user_id    TEXT NOT NULL REFERENCES app_user (id),
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX password_reset_user ON password_reset (user_id);

CREATE TABLE sign_in_attempt (
  key           TEXT PRIMARY KEY,
  tries         INTEGER NOT NULL,
  since         INTEGER NOT NULL,
  penalties     INTEGER NOT NULL,
  blocked_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_in_attempt_since ON sign_in_attempt (since);

CREATE TABLE setup_link (
  id         TEXT PRIMARY KEY,
  token_hash BLOB NOT NULL UNIQUE,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE role (
  company_id TEXT NOT NULL,
  id         TEXT NOT NULL,
  name       TEXT NOT NULL,
  rights     TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (company_id, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX role_name ON role (company_id, name);

-- The first time a session entered a company: what its event of sign-in tells.
CREATE TABLE visit (
  company_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  user_id    TEXT NOT NULL,
  at         INTEGER NOT NULL,
  PRIMARY KEY (company_id, session_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX visit_at ON visit (company_id, at);
