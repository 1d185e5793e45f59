package aerocodes

import "reflect"

// An Error is an error of the official Go client together with what its code means. It unwraps to that error, and
// errors.Is finds in it any [Condition] and any [Code] that the error or one it wraps carries.
type Error struct {
	// Reading is what the outermost code means; its dialect is [Go].
	Reading Reading
	// InDoubt is the client's flag: Yes when a write may have been applied.
	InDoubt Answer
	err     error
	codes   []int
}

// Wrap gives an error of the official Go client its meaning, and returns any other error, nil too, as it is.
//
//	if errors.Is(aerocodes.Wrap(err), aerocodes.RECORD_NOT_FOUND) { … }
//
//	var ae *aerocodes.Error
//	if errors.As(aerocodes.Wrap(err), &ae) && ae.Advise(aerocodes.Write).RetryableNotApplied == aerocodes.Yes { … }
func Wrap(err error) error {
	if e := From(err); e != nil {
		return e
	}
	return err
}

// From finds the first error of the official Go client among err and those it wraps; nil when there is none.
//
// The client is known by its shape, so this module does not depend on it: an error whose struct has an integer field
// ResultCode and a method IsInDoubt.
func From(err error) *Error {
	var already *Error
	var codes []int
	var inDoubt bool
	walk(err, 0, func(e error) {
		if own, ok := e.(*Error); ok && own != nil && already == nil {
			already = own
		}
		if value, doubt, ok := resultCode(e); ok {
			if len(codes) == 0 {
				inDoubt = doubt
			}
			codes = append(codes, value)
		}
	})
	if already != nil || len(codes) == 0 {
		return already
	}
	out := &Error{Reading: Go.Lookup(codes[0]), InDoubt: No, err: err, codes: codes}
	if inDoubt {
		out.InDoubt = Yes
	}
	return out
}

// walk visits an error and those it wraps, in order; a chain that wraps itself ends.
func walk(err error, depth int, visit func(error)) {
	if err == nil || depth > 100 {
		return
	}
	visit(err)
	switch e := err.(type) {
	case interface{ Unwrap() error }:
		if v := reflect.ValueOf(err); v.Kind() == reflect.Pointer && v.IsNil() {
			return
		}
		walk(e.Unwrap(), depth+1, visit)
	case interface{ Unwrap() []error }:
		for _, inner := range e.Unwrap() {
			walk(inner, depth+1, visit)
		}
	}
}

func resultCode(err error) (value int, inDoubt, ok bool) {
	doubtful, ok := err.(interface{ IsInDoubt() bool })
	if !ok {
		return 0, false, false
	}
	v := reflect.ValueOf(err)
	for v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return 0, false, false
		}
		v = v.Elem()
	}
	if v.Kind() != reflect.Struct {
		return 0, false, false
	}
	if t, found := v.Type().FieldByName("ResultCode"); found {
		field, err := v.FieldByIndexErr(t.Index)
		if err == nil && field.CanInt() {
			return int(field.Int()), doubtful.IsInDoubt(), true
		}
	}
	return 0, false, false
}

// Error returns the reading and then the text of the client's error.
func (e *Error) Error() string {
	if e == nil || e.err == nil {
		return "aerocodes: no error"
	}
	return e.Reading.String() + ": " + e.err.Error()
}

// Unwrap returns the client's error.
func (e *Error) Unwrap() error {
	if e == nil {
		return nil
	}
	return e.err
}

// Condition returns what happened.
func (e *Error) Condition() Condition { return e.Reading.Condition() }

// Is tells whether the error, or one it wraps, carries the target: a [Condition], or a [Code] of any dialect, which
// matches by its condition.
func (e *Error) Is(target error) bool {
	if e == nil {
		return false
	}
	var want Condition
	switch t := target.(type) {
	case Condition:
		want = t
	case Code:
		if t.Dialect == Go {
			for _, v := range e.codes {
				if v == t.Value {
					return true
				}
			}
		}
		want = t.Lookup().Condition()
	}
	if want == 0 {
		return false
	}
	for _, v := range e.codes {
		r := Go.Lookup(v)
		if r.Condition() == want {
			return true
		}
	}
	return false
}

// Advise tells what to do about the outermost code, with the client's in-doubt flag.
func (e *Error) Advise(operation Operation) Advice {
	return Advise(e.Reading.Code(), operation, e.InDoubt)
}
