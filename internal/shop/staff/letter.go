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

// accessLetter tells a person that what they sign in with changed; about is the name of the passkey, if it is one.
func accessLetter(u User, what, about string) mail.Message {
	words := map[string][2]string{
		noteKeyAdded:   {"Une clé d’accès est ajoutée", "La clé d’accès «\u00a0" + about + "\u00a0» est ajoutée à votre compte Encaisse\u00a0: elle permet de se connecter sans mot de passe."},
		noteKeyRemoved: {"Une clé d’accès est retirée", "La clé d’accès «\u00a0" + about + "\u00a0» est retirée de votre compte Encaisse. Vos autres sessions sont fermées."},
		noteChanged:    {"Votre mot de passe est changé", "Le mot de passe de votre compte Encaisse est changé. Les sessions ouvertes avec l’ancien sont fermées."},
		noteCodeAdded:  {"La double vérification est en place", "Un code du téléphone est maintenant demandé pour se connecter à votre compte Encaisse."},
		noteCodeGone:   {"La double vérification est retirée", "Aucun code du téléphone n’est plus demandé pour se connecter à votre compte Encaisse."},
	}[what]
	return mail.Message{
		To: []string{u.Email}, Subject: words[0],
		Text: "Bonjour " + u.Name + ",\n\n" + words[1] + "\n\n" +
			"Si ce n’est pas vous, choisissez un nouveau mot de passe, puis vérifiez vos clés d’accès et vos sessions dans Mon compte.\n",
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
