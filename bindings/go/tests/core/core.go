//go:build aerocodes_cgo

// Package core asks the installed C library what the Go module answers by itself.
package core

// #cgo pkg-config: aerocodes
// #include <aerocodes.h>
// #include <stdlib.h>
import "C"

import "unsafe"

// None is a release that is not given.
const None = ^uint64(0)

type row struct {
	Dialect, Value, Condition int
	Name                      string
}

func text(s *C.char) string {
	if s == nil {
		return ""
	}
	return C.GoString(s)
}

func rows(count func(out *C.struct_aerocodes_reading, capacity C.size_t) C.size_t) []row {
	raw := make([]C.struct_aerocodes_reading, 256)
	raw[0].size = C.size_t(unsafe.Sizeof(raw[0]))
	n := int(count(&raw[0], C.size_t(len(raw))))
	out := make([]row, min(n, len(raw)))
	for i := range out {
		out[i] = row{int(raw[i].dialect), int(raw[i].value), int(raw[i].condition), text(raw[i].name)}
	}
	return out
}

// Release is the C library's number of a release; [None] when the text is no release.
func Release(release string) uint64 {
	s := C.CString(release)
	defer C.free(unsafe.Pointer(s))
	return uint64(C.aerocodes_release_parse(s))
}

// LookupAt is name and condition of a code as of a release.
func LookupAt(dialect, value int, release uint64) (name string, condition int) {
	var out C.struct_aerocodes_reading
	out.size = C.size_t(unsafe.Sizeof(out))
	condition = int(C.aerocodes_lookup_at(C.int32_t(dialect), C.int32_t(value), C.aerocodes_release(release), &out))
	return text(out.name), condition
}

// Readings are those of a bare number.
func Readings(value int) []row {
	return rows(func(out *C.struct_aerocodes_reading, n C.size_t) C.size_t {
		return C.aerocodes_readings(C.int32_t(value), out, n)
	})
}

// Find is what has a spelling.
func Find(spelling string) []row {
	s := C.CString(spelling)
	defer C.free(unsafe.Pointer(s))
	return rows(func(out *C.struct_aerocodes_reading, n C.size_t) C.size_t { return C.aerocodes_find(s, out, n) })
}

// Search is the ids of the conditions that fit words, the best first.
func Search(words string) []int {
	s := C.CString(words)
	defer C.free(unsafe.Pointer(s))
	var ids [64]C.int32_t
	out := make([]int, int(C.aerocodes_search(s, &ids[0], C.size_t(len(ids)))))
	for i := range out {
		out[i] = int(ids[i])
	}
	return out
}

// Translate is kind, numbers and reason of a translation.
func Translate(dialect, value, to int) (kind int, values []int, reason string) {
	var out C.struct_aerocodes_translation
	out.size = C.size_t(unsafe.Sizeof(out))
	kind = int(C.aerocodes_translate(C.int32_t(dialect), C.int32_t(value), C.int32_t(to), &out))
	for i := 0; i < int(out.count); i++ {
		values = append(values, int(out.values[i]))
	}
	return kind, values, text(out.reason)
}

// Advise is the three answers and the rule.
func Advise(dialect, value, operation, inDoubt int) (answers [3]int, rule string) {
	var out C.struct_aerocodes_advice
	out.size = C.size_t(unsafe.Sizeof(out))
	C.aerocodes_advise(C.int32_t(dialect), C.int32_t(value), C.int32_t(operation), C.int32_t(inDoubt), &out)
	return [3]int{int(out.retryable), int(out.maybe_applied), int(out.retryable_not_applied)}, text(out.rule)
}
