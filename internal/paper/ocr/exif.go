package ocr

import (
	"bytes"
	"encoding/binary"
)

// orientation is how a JPEG says its camera was held, 1 to 8; 1 when it does not say.
func orientation(photo []byte) int {
	if !bytes.HasPrefix(photo, []byte{0xff, 0xd8}) {
		return 1
	}
	for rest := photo[2:]; len(rest) >= 4 && rest[0] == 0xff && rest[1] != 0xda; {
		length := 2 + int(binary.BigEndian.Uint16(rest[2:]))
		if length < 4 || length > len(rest) {
			return 1
		}
		if head := []byte("Exif\x00\x00"); rest[1] == 0xe1 && bytes.HasPrefix(rest[4:length], head) {
			return held(rest[4+len(head) : length])
		}
		rest = rest[length:]
	}
	return 1
}

// held finds the orientation in the first directory of a TIFF block.
func held(tiff []byte) int {
	const tag, entry = 0x0112, 12
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if tiff[0] == 'I' {
		order = binary.LittleEndian
	}
	start := int(order.Uint32(tiff[4:]))
	if start < 8 || start > len(tiff)-2 {
		return 1
	}
	count := int(order.Uint16(tiff[start:]))
	for i := range count {
		at := start + 2 + i*entry
		if at+entry > len(tiff) {
			break
		}
		if order.Uint16(tiff[at:]) == tag {
			if v := int(order.Uint16(tiff[at+8:])); v >= 1 && v <= 8 {
				return v
			}
		}
	}
	return 1
}
