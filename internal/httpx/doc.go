// Package httpx is how the product speaks HTTP: handlers that return errors,
// the one place where error codes become statuses, and what stands before every
// page: request ids, the access log, recovery, security headers, the check
// against cross-site requests, limits of size and speed, static files, event
// streams. It knows no page and no rule of the business; the look of an error
// page is given to it.
//
// Always: a handler that returns an error has written nothing that is kept; what
// a person reads of an error is sales.Explain, its cause goes to the log alone.
package httpx
