package httpx

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"ninetyten/internal/sales"
)

// Problem is an error as it is shown: on a page, or as problem details
// (RFC 9457 section 3.1) in the API.
type Problem struct {
	Type       string     `json:"type"` // about:blank: the status says it all
	Title      string     `json:"title"`
	Status     int        `json:"status"`
	Detail     string     `json:"detail"`
	Code       sales.Code `json:"code"`
	Request    string     `json:"request,omitempty"` // the id in the log
	RetryAfter string     `json:"-"`                 // seconds, for Limited and Unavailable
}

// StatusOf maps an error code to an HTTP status. It is the only such map.
func StatusOf(code sales.Code) int {
	switch code {
	case "":
		return http.StatusOK
	case sales.Invalid:
		return http.StatusUnprocessableEntity
	case sales.NotFound:
		return http.StatusNotFound
	case sales.Conflict:
		return http.StatusConflict
	case sales.Unauthorized:
		return http.StatusUnauthorized
	case sales.Forbidden:
		return http.StatusForbidden
	case sales.Limited:
		return http.StatusTooManyRequests
	case sales.Unavailable:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// ProblemOf describes err for the answer to r. A body above its limit is 413.
func ProblemOf(r *http.Request, err error) Problem {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return Problem{Type: "about:blank", Title: "Too large", Status: http.StatusRequestEntityTooLarge, Code: sales.Limited, Request: RequestID(r.Context()),
			Detail: "What you sent is larger than this page takes. Send it in smaller parts."}
	}
	if errors.Is(err, context.DeadlineExceeded) && sales.CodeOf(err) == sales.Internal {
		err = sales.WrapError(sales.Unavailable, err, "This took too long and was stopped. Nothing was half done; try again.")
	}
	code := sales.CodeOf(err)
	p := Problem{Type: "about:blank", Title: titleOf(code), Status: StatusOf(code), Detail: sales.Explain(err), Code: code, Request: RequestID(r.Context())}
	if code == sales.Limited || code == sales.Unavailable {
		p.RetryAfter = "30"
	}
	return p
}

func titleOf(code sales.Code) string {
	switch code {
	case sales.Invalid:
		return "Something is not right yet"
	case sales.NotFound:
		return "Not found"
	case sales.Conflict:
		return "It changed meanwhile"
	case sales.Unauthorized:
		return "Please log in"
	case sales.Forbidden:
		return "Not allowed"
	case sales.Limited:
		return "Too much at once"
	case sales.Unavailable:
		return "Not available right now"
	}
	return "Something went wrong on our side"
}

// write answers with problem details.
func (p Problem) write(w http.ResponseWriter) {
	body, err := json.Marshal(p)
	if err != nil {
		body = []byte(`{"type":"about:blank","status":500}`)
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	_, _ = w.Write(append(body, '\n'))
}
