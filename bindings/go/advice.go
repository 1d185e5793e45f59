package aerocodes

import "fmt"

// An Answer is the answer to a yes-or-no question that may have no plain answer.
type Answer uint8

// The answers.
const (
	// Unknown: nothing is known.
	Unknown Answer = iota
	// No.
	No
	// Depends: it turns on something that the code does not tell; the reason says on what.
	Depends
	// Yes.
	Yes
)

// String returns yes, no, depends or unknown.
func (a Answer) String() string {
	switch a {
	case No:
		return "no"
	case Depends:
		return "depends"
	case Yes:
		return "yes"
	}
	return "unknown"
}

// MarshalText writes yes, no, depends or unknown.
func (a Answer) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText reads yes, no, depends or unknown.
func (a *Answer) UnmarshalText(text []byte) error {
	for _, v := range [...]Answer{Unknown, No, Depends, Yes} {
		if v.String() == string(text) {
			*a = v
			return nil
		}
	}
	return fmt.Errorf("aerocodes: %q is no answer; write yes, no, depends or unknown", clip(string(text)))
}

// and is both: no wins, then unknown, then depends.
func (a Answer) and(b Answer) Answer {
	for _, x := range [...]Answer{No, Unknown, Depends} {
		if a == x || b == x {
			return x
		}
	}
	return Yes
}

func (a Answer) not() Answer {
	switch a {
	case Yes:
		return No
	case No:
		return Yes
	}
	return a
}

// Predicates are FoundationDB's three predicates: whether a condition passes, whether the write may have happened, and
// whether it is safe to send it again for sure.
type Predicates struct {
	// Retryable: the condition is transient, the same request may succeed when sent again.
	Retryable Answer
	// MaybeApplied: a write may have been applied although the client saw this.
	MaybeApplied Answer
	// RetryableNotApplied: retryable, and surely not applied.
	RetryableNotApplied Answer
}

func predicates(retryable, maybeApplied Answer) Predicates {
	return Predicates{retryable, maybeApplied, retryable.and(maybeApplied.not())}
}

// An Operation is what a program was doing when it met a code: an open set with permanent ids.
type Operation uint8

type operationRow struct {
	key, title          string
	mutates, idempotent bool
}

// Operations returns all operations, by id.
func Operations() []Operation {
	out := make([]Operation, len(operations))
	for i := range out {
		out[i] = Operation(i)
	}
	return out
}

// row is that of a write for an operation that this release does not know: the most careful one.
func (o Operation) row() *operationRow {
	if int(o) < len(operations) {
		return &operations[o]
	}
	return &operations[Write]
}

// String returns the word for programs, such as "idempotent-write".
func (o Operation) String() string { return o.row().key }

// Title returns the words for people.
func (o Operation) Title() string { return o.row().title }

// Mutates tells whether it changes data.
func (o Operation) Mutates() bool { return o.row().mutates }

// Idempotent tells whether doing it twice leaves what doing it once does.
func (o Operation) Idempotent() bool { return o.row().idempotent }

// Advice says whether to retry, whether the request may have been applied, and why: never a bare yes or no.
type Advice struct {
	// Reading is what the advice is about.
	Reading Reading
	// Operation is what the program was doing.
	Operation Operation
	// InDoubt is the client's in-doubt flag: Yes, No, or Unknown when it gave none.
	InDoubt Answer
	// The three predicates for this operation.
	Predicates
	// Rule is the rule for the operation in one sentence; the condition's reason tells the rest.
	Rule string
}

// Advise tells what to do about a code met while doing an operation, with the client's in-doubt flag: Yes, No, or Unknown
// if it gave none.
//
// The condition's predicates are what a client saw; the operation and the flag sharpen them: a read is never applied, an
// in-doubt write may have been, and a write that must not happen twice is only to be repeated after a look.
func Advise(code Code, operation Operation, inDoubt Answer) Advice {
	reading := code.Lookup()
	out := Advice{Reading: reading, Operation: operation, InDoubt: inDoubt}
	condition := reading.Condition()
	p := condition.Predicates()
	if condition == OK {
		applied := No
		if operation.Mutates() {
			applied = Yes
		}
		out.Predicates, out.Rule = predicates(No, applied), adviceSuccess
		return out
	}
	applied := p.MaybeApplied
	switch {
	case !operation.Mutates():
		applied = No
	case inDoubt == Yes:
		applied = Yes
	case inDoubt == No && condition != 0:
		applied = No
	}
	if condition == 0 {
		out.Predicates, out.Rule = predicates(Unknown, applied), adviceUnknown
		return out
	}
	retryable, rule := p.Retryable, ""
	switch open, transient := applied != No, retryable != No; {
	case !open && !transient:
		rule = adviceRefused
	case !open && operation.Mutates():
		rule = adviceNotApplied
	case !open:
		rule = adviceRead
	case !transient:
		rule = adviceAppliedFinal
	case operation.Idempotent():
		rule = adviceIdempotent
	default:
		if retryable != Unknown {
			retryable = Depends
		}
		rule = adviceVerify
		if operation == Transaction {
			rule = adviceTransaction
		}
	}
	out.Predicates, out.Rule = predicates(retryable, applied), rule
	return out
}

// Reason tells why the condition's predicates are what they are; empty when nothing is known.
func (a Advice) Reason() string { return a.Reading.Condition().Reason() }

// Sources tells where that was read.
func (a Advice) Sources() []string { return a.Reading.Condition().Sources() }
