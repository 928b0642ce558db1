-- +goose Up
CREATE TABLE app_user (
  id                TEXT PRIMARY KEY,
  email             TEXT NOT NULL UNIQUE,
  name              TEXT NOT NULL,
  password          TEXT NOT NULL,
  state             TEXT NOT NULL CHECK (state IN ('active', 'disabled')),
  creates_companies BOOLEAN NOT NULL,
  totp_secret       BYTEA,
  totp_pending      BYTEA,
  totp_step         BIGINT NOT NULL DEFAULT 0,
  recovery          TEXT NOT NULL DEFAULT '',
  created_at        BIGINT NOT NULL,
  password_at       BIGINT NOT NULL
);

CREATE TABLE firm_member (
  firm_id    TEXT NOT NULL REFERENCES firm (id),
  user_id    TEXT NOT NULL REFERENCES app_user (id),
  leads      BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (firm_id, user_id)
);
CREATE INDEX firm_member_user ON firm_member (user_id);
CREATE INDEX company_firm ON company (firm_id) WHERE firm_id <> '';

CREATE TABLE membership (
  company_id TEXT NOT NULL REFERENCES company (id),
  user_id    TEXT NOT NULL REFERENCES app_user (id),
  role       TEXT NOT NULL,
  locations  TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (company_id, user_id)
);
CREATE INDEX membership_user ON membership (user_id);

CREATE TABLE session (
  id            TEXT PRIMARY KEY,
  token_hash    BYTEA NOT NULL UNIQUE,
  user_id       TEXT NOT NULL REFERENCES app_user (id),
  stage         TEXT NOT NULL CHECK (stage IN ('code', 'open')),
  second_factor BOOLEAN NOT NULL,
  agent         TEXT NOT NULL,
  created_at    BIGINT NOT NULL,
  verified_at   BIGINT NOT NULL,
  seen_at       BIGINT NOT NULL,
  expires_at    BIGINT NOT NULL
);
CREATE INDEX session_person ON session (user_id);
CREATE INDEX session_expiry ON session (expires_at);

CREATE TABLE invitation (
  id         TEXT PRIMARY KEY,
  token_hash BYTEA NOT NULL UNIQUE,
  kind       TEXT NOT NULL CHECK (kind IN ('member', 'accountant', 'colleague')),
  company_id TEXT NOT NULL,
  firm_id    TEXT NOT NULL,
  email      TEXT NOT NULL,
  role       TEXT NOT NULL,
  locations  TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at    BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX invitation_company ON invitation (company_id, used_at);
CREATE INDEX invitation_firm ON invitation (firm_id, used_at);

CREATE TABLE password_reset (
  id         TEXT PRIMARY KEY,
  token_hash BYTEA NOT NULL UNIQUE,
  user_id    TEXT NOT NULL REFERENCES app_user (id),
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX password_reset_user ON password_reset (user_id);

CREATE TABLE sign_in_attempt (
  key           TEXT PRIMARY KEY,
  tries         BIGINT NOT NULL,
  since         BIGINT NOT NULL,
  penalties     BIGINT NOT NULL,
  blocked_until BIGINT NOT NULL
);
CREATE INDEX sign_in_attempt_since ON sign_in_attempt (since);

CREATE TABLE setup_link (
  id         TEXT PRIMARY KEY,
  token_hash BYTEA NOT NULL UNIQUE,
  created_at BIGINT NOT NULL
);

CREATE TABLE role (
  company_id TEXT NOT NULL,
  id         TEXT NOT NULL,
  name       TEXT NOT NULL,
  rights     TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (company_id, id)
);
CREATE UNIQUE INDEX role_name ON role (company_id, name);
CALL guard_company('role');

-- The first time a session entered a company: what its event of sign-in tells.
CREATE TABLE visit (
  company_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  user_id    TEXT NOT NULL,
  at         BIGINT NOT NULL,
  PRIMARY KEY (company_id, session_id)
);
CREATE INDEX visit_at ON visit (company_id, at);
CALL guard_company('visit');
