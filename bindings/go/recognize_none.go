//go:build !aerocodes_cgo

package aerocodes

import (
	"errors"
	"fmt"
)

// Recognize finds every raised error in a text, in order.
//
// Only the C library can do that: build with the tag aerocodes_cgo, with cgo and with aerocodes.h and libaerocodes where
// pkg-config finds them. Without the tag the error is errors.ErrUnsupported.
func Recognize(string) ([]Finding, error) {
	return nil, fmt.Errorf("aerocodes: recognition needs the build tag aerocodes_cgo: %w", errors.ErrUnsupported)
}
