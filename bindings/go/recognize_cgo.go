//go:build aerocodes_cgo

package aerocodes

// #cgo pkg-config: aerocodes
// #include <aerocodes.h>
import "C"

import (
	"runtime"
	"unsafe"
)

// Recognize finds every raised error in a text, in order; the error is always nil in this build.
func Recognize(text string) ([]Finding, error) {
	if text == "" {
		return nil, nil
	}
	// The text is not copied: C reads it during the call only.
	begin := unsafe.StringData(text)
	var pin runtime.Pinner
	pin.Pin(begin)
	defer pin.Unpin()
	p, n := (*C.char)(unsafe.Pointer(begin)), C.size_t(len(text))
	size := C.size_t(unsafe.Sizeof(C.aerocodes_finding{}))
	raw := make([]C.aerocodes_finding, 16)
	var found int
	for {
		for i := range raw {
			raw[i].size = size
		}
		found = int(C.aerocodes_recognize(p, n, &raw[0], C.size_t(len(raw))))
		if found <= len(raw) {
			break
		}
		raw = make([]C.aerocodes_finding, found)
	}
	if found == 0 {
		return nil, nil
	}
	part := func(at *C.char, length C.size_t) string {
		if at == nil {
			return ""
		}
		from := uintptr(unsafe.Pointer(at)) - uintptr(unsafe.Pointer(begin))
		return text[from : from+uintptr(length)]
	}
	out := make([]Finding, found)
	for i, f := range raw[:found] {
		out[i] = Finding{
			Start:        int(f.start),
			End:          int(f.end),
			Value:        int(f.value),
			HasValue:     f.flags&C.AEROCODES_FINDING_VALUE != 0,
			Name:         part(f.name, f.name_length),
			Condition:    Condition(f.condition),
			HasSubcode:   f.subcode >= 0,
			Node:         part(f.node, f.node_length),
			HasIteration: f.iteration >= 0,
			Nested:       f.flags&C.AEROCODES_FINDING_NESTED != 0,
			Confidence:   float64(f.confidence),
		}
		if out[i].HasSubcode {
			out[i].Subcode = uint32(f.subcode)
		}
		if out[i].HasIteration {
			out[i].Iteration = uint32(f.iteration)
		}
		switch f.in_doubt {
		case 0:
			out[i].InDoubt = No
		case 1:
			out[i].InDoubt = Yes
		}
		for d := range dialects {
			if f.dialect == C.int32_t(d) || (f.dialect < 0 && f.candidates>>d&1 != 0) {
				out[i].Dialects = append(out[i].Dialects, Dialect(d))
			}
		}
	}
	return out, nil
}
