-- +goose Up
-- A passkey of a person: the public half of a key pair whose other half never leaves their device. It serves at one domain only.
CREATE TABLE passkey (
  id         TEXT PRIMARY KEY,
  user_id    TEXT NOT NULL REFERENCES app_user (id),
  domain     TEXT NOT NULL,
  credential BLOB NOT NULL UNIQUE,
  public_key BLOB NOT NULL,
  counter    INTEGER NOT NULL,
  syncable   INTEGER NOT NULL,
  synced     INTEGER NOT NULL,
  transports TEXT NOT NULL,
  name       TEXT NOT NULL,
  suspect    INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  used_at    INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX passkey_person ON passkey (user_id);
CREATE INDEX passkey_domain ON passkey (domain);

-- What a browser was asked to sign, until it answers: once, and within minutes.
CREATE TABLE passkey_challenge (
  token_hash BLOB PRIMARY KEY,
  kind       TEXT NOT NULL CHECK (kind IN ('add', 'enter')),
  user_id    TEXT NOT NULL,
  ceremony   TEXT NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX passkey_challenge_expiry ON passkey_challenge (expires_at);
