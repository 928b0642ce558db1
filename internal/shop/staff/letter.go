package staff

import (
	"context"
	"encoding/base64"
	"encoding/json"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
	"encaisse/internal/base/job"
	"encaisse/internal/paper/mail"
)

// MailJob is the kind of the jobs that send letters.
const MailJob = "mail"

var letterLabel = []byte("letter")

// post writes a letter to be sent after the act. It waits locked in the vault, because it holds a link that gives access and of
// which the store otherwise keeps a digest only.
func (r *Room) post(tx *db.Tx, m mail.Message) error {
	text, err := json.Marshal(m)
	if err != nil {
		return err
	}
	box, err := r.vault.Lock(text, letterLabel)
	if err != nil {
		return err
	}
	_, err = job.Add(tx, MailJob, base64.StdEncoding.EncodeToString(box))
	return err
}

// SendMail is the handler of the jobs of kind MailJob.
func (r *Room) SendMail(ctx context.Context, j job.Job) error {
	box, err := base64.StdEncoding.DecodeString(j.Payload)
	if err != nil {
		return job.Final(err)
	}
	text, err := r.vault.Open(box, letterLabel)
	if err != nil {
		return job.Final(err)
	}
	var m mail.Message
	if err := json.Unmarshal(text, &m); err != nil {
		return job.Final(err)
	}
	if r.sender == nil {
		return fault.New(fault.Unavailable, "Aucun serveur de messagerie n’est réglé.")
	}
	err = r.sender.Send(ctx, m)
	if fault.Is(err, fault.Invalid) {
		return job.Final(err)
	}
	return err
}

// resetLetter carries the link to choose a new password.
func resetLetter(u User, link string) mail.Message {
	return mail.Message{
		To: []string{u.Email}, Subject: "Choisir un nouveau mot de passe",
		Text: "Bonjour " + u.Name + ",\n\n" +
			"Quelqu’un, sans doute vous, a demandé à choisir un nouveau mot de passe pour Encaisse. Ouvrez ce lien dans l’heure\u00a0:\n\n" +
			link + "\n\n" +
			"Si ce n’est pas vous, ne faites rien\u00a0: votre mot de passe reste le même.\n",
	}
}

// keyLetter tells a person that a passkey was added to their account, or taken from it.
func keyLetter(u User, name string, added bool) mail.Message {
	subject, what := "Une clé d’accès est ajoutée", "est ajoutée à votre compte Encaisse\u00a0: elle permet de se connecter sans mot de passe."
	if !added {
		subject, what = "Une clé d’accès est retirée", "est retirée de votre compte Encaisse. Vos autres sessions sont fermées."
	}
	return mail.Message{
		To: []string{u.Email}, Subject: subject,
		Text: "Bonjour " + u.Name + ",\n\nLa clé d’accès «\u00a0" + name + "\u00a0» " + what + "\n\n" +
			"Si ce n’est pas vous, changez de mot de passe, puis vérifiez vos clés d’accès dans Mon compte.\n",
	}
}

// invitationLetter carries an invitation.
func (r *Room) invitationLetter(tx *db.Tx, i Invitation, link string) (mail.Message, error) {
	o := Offer{Invitation: i}
	if err := r.describe(tx, &o); err != nil {
		return mail.Message{}, err
	}
	where, what := o.CompanyName, "vous invite dans l’équipe de «\u00a0"+o.CompanyName+"\u00a0»"
	switch i.Kind {
	case InviteAccountant:
		what = "confie à votre cabinet le dossier de «\u00a0" + o.CompanyName + "\u00a0»"
	case InviteColleague:
		where, what = o.FirmName, "vous invite dans le cabinet «\u00a0"+o.FirmName+"\u00a0»"
	}
	return mail.Message{
		To: []string{i.Email}, Subject: "Invitation\u00a0: " + where,
		Text: "Bonjour,\n\n" + o.By + " " + what + " sur Encaisse. Ouvrez ce lien dans les sept jours pour accepter\u00a0; il ne sert qu’une fois\u00a0:\n\n" +
			link + "\n\n" +
			"Si vous ne connaissez pas cette personne, ne faites rien.\n",
	}, nil
}
