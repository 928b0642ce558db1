package company

import (
	"bytes"
	"image"
	_ "image/jpeg" // the formats a logo may have
	_ "image/png"
	"slices"

	"encaisse/internal/base/db"
	"encaisse/internal/base/fault"
)

// The largest logo taken, in bytes and in pixels on a side.
const (
	LogoLimit   = 1 << 20
	logoPixels  = 4000
	webpHeader  = 16
	logoMessage = "Choisissez une image PNG, JPEG ou WebP."
)

// SetLogo keeps the picture printed on documents. Its type is that found in its bytes.
func SetLogo(tx *db.Tx, by string, l Logo) error {
	refuse := func(message string) error {
		return fault.New(fault.Invalid, "Le logo n’a pas été changé.").Field("logo", message)
	}
	if !slices.Contains([]string{"image/png", "image/jpeg", "image/webp"}, l.Type) {
		return refuse(logoMessage)
	}
	if len(l.Body) > LogoLimit {
		return refuse("Ce fichier est trop lourd\u00a0: 1\u00a0Mo au plus.")
	}
	if l.Type == "image/webp" {
		if len(l.Body) < webpHeader || !bytes.HasPrefix(l.Body[8:], []byte("WEBPVP8")) {
			return refuse(logoMessage)
		}
	} else {
		size, _, err := image.DecodeConfig(bytes.NewReader(l.Body))
		if err != nil {
			return refuse("Cette image ne se lit pas. " + logoMessage)
		}
		if size.Width > logoPixels || size.Height > logoPixels {
			return refuse("Cette image est trop grande\u00a0: 4\u00a0000 points de côté au plus.")
		}
	}
	if err := putLogo(tx, l); err != nil {
		return err
	}
	return logChange(tx, by, "Logo modifié", "settings")
}

// RemoveLogo takes the picture away.
func RemoveLogo(tx *db.Tx, by string) error {
	if err := dropLogo(tx); err != nil {
		return err
	}
	return logChange(tx, by, "Logo retiré", "settings")
}
