//go:build !aerocodes_cgo

package tests

import (
	"errors"
	"testing"

	aerocodes "github.com/aerocodes/aerocodes/bindings/go"
)

func TestRecognitionSaysThatItIsNotThere(t *testing.T) {
	if found, err := aerocodes.Recognize("Error 9"); !errors.Is(err, errors.ErrUnsupported) || found != nil {
		t.Errorf("%v, %v", found, err)
	}
}
