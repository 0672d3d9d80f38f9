// Package render turns the text of a step into a mail for one person: merge
// fields and conditions into a subject, a text part and an HTML part that say
// the same.
//
//	{{ first_name }}                      the value; an error when there is none
//	{{ first_name | default: "there" }}   the value, or "there"
//	{% if company %}…{% else %}…{% endif %}   whether there is a value
//	{{ snippet.proof }}                   the text of a snippet, with what is in it
//
// There are no loops and no assignments, so that rendering ends and its output
// is bounded. The package knows no mailbox, no person's history and no sending.
//
// What always holds: values are data, never read as template or as markup; a
// mail is complete or it is an error that names what is missing; no output has
// "{{" or "{%" in it; the same input gives the same bytes.
package render
