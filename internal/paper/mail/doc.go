// Package mail sends what rooms write: one message at a time, through the SMTP server of the installation. It knows neither
// templates nor reasons; the texts belong to the rooms. A message that fails is the caller’s to send again: the kind of the
// fault says whether that has a chance (Unavailable) or not (Invalid).
package mail
