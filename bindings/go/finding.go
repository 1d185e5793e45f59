package aerocodes

// A Finding is one raised error, found in a text by [Recognize].
type Finding struct {
	// Start and End are the bytes of the text that identify the error.
	Start, End int
	// Dialects are those that the shape of the text allows: one when it tells, several when it cannot.
	Dialects []Dialect
	// Value is the number, written in the text or following from a name; valid when HasValue is set.
	Value    int
	HasValue bool
	// Name is the spelling in the text, empty when it has none.
	Name string
	// Condition is what happened, 0 when the dialects that the text allows do not agree.
	Condition Condition
	// Subcode is the server's refinement; valid when HasSubcode is set.
	Subcode    uint32
	HasSubcode bool
	// InDoubt is the client's in-doubt flag: Yes, No, or Unknown when the text does not tell.
	InDoubt Answer
	// Node is the node as the text names it, empty when it does not.
	Node string
	// Iteration is the attempt as the text numbers it; valid when HasIteration is set.
	Iteration    uint32
	HasIteration bool
	// Nested tells whether it stands inside another finding: a cause, a sub-error, a record of a batch.
	Nested bool
	// Confidence is from 0 to 1.
	Confidence float64
}

// Code returns its code when dialect and number are known.
func (f Finding) Code() (Code, bool) {
	if len(f.Dialects) != 1 || !f.HasValue {
		return Code{}, false
	}
	return Code{f.Dialects[0], f.Value}, true
}
