package sales

import (
	"errors"
	"fmt"
)

// Code says what kind of error it is. httpx maps codes to HTTP statuses.
type Code string

// The error codes. There are few on purpose: a caller decides by code, a
// person reads Msg, an operator reads the wrapped cause in the log.
const (
	Invalid      Code = "invalid"      // the input is wrong; Msg says what to change
	NotFound     Code = "not_found"    // there is no such thing, or it may not be seen
	Conflict     Code = "conflict"     // it changed meanwhile, or exists already
	Unauthorized Code = "unauthorized" // not logged in
	Forbidden    Code = "forbidden"    // logged in, not allowed
	Limited      Code = "limited"      // too many, too large, too fast
	Unavailable  Code = "unavailable"  // something that we depend on does not answer; try again
	Internal     Code = "internal"     // our fault
)

// Error is what every package returns for people to read.
type Error struct {
	Code Code
	Msg  string // safe to show; says what happened and what to do
	Err  error  // the cause, for the log; may be nil
}

// Error gives the message, with the cause when there is one.
func (e *Error) Error() string {
	if e.Err != nil {
		return e.Msg + ": " + e.Err.Error()
	}
	return e.Msg
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Errorf makes an Error. A %w verb in format becomes the cause too.
func Errorf(code Code, format string, args ...any) *Error {
	err := fmt.Errorf(format, args...)
	return &Error{Code: code, Msg: err.Error(), Err: errors.Unwrap(err)}
}

// WrapError makes an Error with a message to show and a cause to log.
func WrapError(code Code, err error, msg string) *Error {
	return &Error{Code: code, Msg: msg, Err: err}
}

// Outage is an error of a package that knows nothing of this one: something that
// we depend on, such as the database, does not answer. Outage gives words to show.
// Its code is Unavailable.
type Outage interface {
	error
	Outage() string
}

// CodeOf gives the code of err: that of the first *Error in its chain, else
// Unavailable for an Outage, else Internal; "" when err is nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	if o := Outage(nil); errors.As(err, &o) {
		return Unavailable
	}
	return Internal
}

// Explain gives what a person may read of err.
func Explain(err error) string {
	var e *Error
	if errors.As(err, &e) && e.Code != Internal {
		return e.Msg
	}
	if o := Outage(nil); e == nil && errors.As(err, &o) {
		return o.Outage()
	}
	return "Something went wrong on our side. Nothing was lost; try again, and tell your administrator when it stays."
}
