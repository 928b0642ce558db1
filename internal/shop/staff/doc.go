// Package staff is the room of people: who may sign in, in which companies, with which rights.
//
// A person (app_user) has one e-mail address, one password and perhaps a code generator (TOTP) and passkeys. A membership gives a person a
// role in a company, in all its locations or only in some. An accounting firm groups companies: its members enter all of
// them as accountants. A role is a set of rights; five are built in, a company may write its own.
//
// A passkey signs in alone: the device that holds it and what its owner is or knows are two factors. It serves at one name of the program.
// Changes of what somebody signs in with are told to them by letter and to their companies in the activity log.
//
// A session is an opaque secret in a cookie; only its SHA-256 is kept, as for invitations and links to choose a new password.
// Nothing of a session is kept in memory, so that closing it holds at the next request, on every instance.
//
// What concerns rights leaves an event in the sealed journal of the company: 80 the first time a session enters it, 130 when
// rights change. Events name people by their id only.
//
// Tables: app_user, firm, firm_member, firm_portfolio, membership, passkey, passkey_challenge, session, invitation, password_reset, sign_in_attempt, setup_link (directory);
// role, visit (company). It reads and, to give or take back the access of a firm, writes the directory's list of companies.
package staff
