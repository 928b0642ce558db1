package offsite

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/url"

	"github.com/minio/minio-go/v7"
)

// Refused tells whether the storage keeps this key from doing something: the key may not, or the file is locked against removal.
func Refused(err error) bool {
	answer, is := errors.AsType[minio.ErrorResponse](err)
	return is && (answer.StatusCode == http.StatusForbidden || answer.Code == "AccessDenied" || answer.Code == "ObjectLocked" || answer.Code == "MethodNotAllowed") &&
		answer.Code != "SignatureDoesNotMatch" && answer.Code != "InvalidAccessKeyId" && answer.Code != "RequestTimeTooSkewed"
}

// Explain says in French what stopped, and what to do about it.
func Explain(err error) string {
	if errors.Is(err, ErrDiffers) {
		return "La copie relue sur le stockage n’est pas celle qui a été envoyée. Elle n’est pas retenue et sera envoyée de nouveau. Si cela se répète, prévenez votre hébergeur."
	}
	if answer, is := errors.AsType[minio.ErrorResponse](err); is {
		return explainAnswer(answer)
	}
	if errors.Is(err, context.Canceled) {
		return "Le programme s’est arrêté pendant l’envoi. Il reprendra."
	}
	if name, is := errors.AsType[*net.DNSError](err); is {
		return "Le nom «\u00a0" + name.Name + "\u00a0» est introuvable. Vérifiez la connexion à Internet, puis l’adresse du stockage (s3_endpoint)."
	}
	if _, is := errors.AsType[*url.Error](err); is {
		return "Le stockage ne répond pas. Vérifiez la connexion à Internet, puis l’adresse du stockage (s3_endpoint). Cause\u00a0: " + err.Error()
	}
	if timeout, is := errors.AsType[net.Error](err); is && timeout.Timeout() {
		return "Le stockage ne répond plus. Vérifiez la connexion à Internet."
	}
	return "L’échange avec le stockage s’est interrompu. Cause\u00a0: " + err.Error()
}

func explainAnswer(answer minio.ErrorResponse) string {
	switch answer.Code {
	case "InvalidAccessKeyId", "SignatureDoesNotMatch":
		return "Le stockage ne reconnaît pas la clé d’accès. Vérifiez s3_access_key et le fichier de la clé secrète (s3_secret_file)."
	case "AccessDenied", "AllAccessDisabled", "AccountProblem":
		return "La clé d’accès n’a pas le droit d’écrire dans ce compartiment. Donnez-lui le droit de lister, de lire et d’écrire."
	case "NoSuchBucket":
		return "Le compartiment n’existe pas sur ce stockage. Créez-le, ou corrigez s3_bucket."
	case "PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException", "InvalidRegion":
		return "Le compartiment est dans une autre région. Corrigez s3_region et s3_endpoint."
	case "RequestTimeTooSkewed":
		return "L’horloge de cet ordinateur n’est pas à l’heure\u00a0: le stockage refuse ses demandes. Réglez-la."
	case "QuotaExceeded", "XMinioStorageFull", "InsufficientCapacity", "EntityTooLarge", "NotEnoughSpace":
		return "Le stockage est plein. Agrandissez-le, ou retirez-en ce qui n’est plus utile."
	case "InvalidDigest", "BadDigest", "XAmzContentSHA256Mismatch", "IncompleteBody":
		return "La copie est arrivée abîmée au stockage, qui l’a refusée. Elle sera envoyée de nouveau."
	}
	if answer.StatusCode >= 500 || answer.Code == "SlowDown" {
		return "Le stockage est indisponible pour l’instant (" + answer.Code + "). Rien à faire si cela ne dure pas."
	}
	return "Le stockage a refusé\u00a0: " + answer.Error()
}
