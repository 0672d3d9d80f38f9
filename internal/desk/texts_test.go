package desk_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"ninetyten/internal/desk"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// says lets a step of the sequence of the room have a text, and files.
func (r *room) says(step int, body string, files ...sales.ID) {
	r.t.Helper()
	r.tx(func(ctx context.Context, tx *store.Tx) error {
		q, err := tx.Sequence(ctx, r.Workspace.ID, r.Sequence.ID)
		if err != nil {
			return err
		}
		q.Steps[step].Body, q.Steps[step].Attachments = body, files
		return tx.SaveSequence(ctx, q)
	})
}

func TestSnippets(t *testing.T) {
	r := newRoom(t, 0)
	ctx := t.Context()
	save := func(s sales.Snippet) (sales.Snippet, error) { return r.d.SaveSnippet(ctx, r.boss, s) }
	_, err := r.d.SaveSnippet(ctx, r.v, sales.Snippet{Name: "proof", Body: "x"})
	wantCode(t, "a seller", err, sales.Forbidden)
	proof := must[sales.Snippet](t)(save(sales.Snippet{Name: " Proof ", Body: "Four minutes,\r\n{{ first_name | default: \"there\" }}."}))
	if proof.Name != "Proof" || strings.Contains(proof.Body, "\r") {
		t.Errorf("%+v", proof)
	}
	for name, bad := range map[string]sales.Snippet{
		"no name": {Body: "x"}, "blanks": {Name: "my proof", Body: "x"}, "no text": {Name: "a", Body: " \n"}, "long": {Name: "a", Body: strings.Repeat("x", 20_001)},
		"unclosed": {Name: "a", Body: "Hello {{ first_name"}, "unknown snippet": {Name: "a", Body: "{{ snippet.nobody }}"}, "itself": {Name: "a", Body: "{{ snippet.a }}"}, "condition": {Name: "a", Body: "{% if x %}"},
	} {
		_, err := save(bad)
		wantCode(t, name, err, sales.Invalid)
	}
	_, err = save(sales.Snippet{Name: "PROOF", Body: "x"})
	wantCode(t, "the same name", err, sales.Conflict)
	_, err = save(sales.Snippet{ID: 12345, Name: "gone", Body: "x"})
	wantCode(t, "one that is gone", err, sales.NotFound)

	// Who uses it: a step, and another snippet.
	outer := must[sales.Snippet](t)(save(sales.Snippet{Name: "outer", Body: "Before. {{snippet.proof}}"}))
	r.says(1, "One number. {{ Snippet.PROOF }} {{ snippet.proof }}")
	uses := must[map[string][]desk.TextUse](t)(r.d.SnippetUses(ctx, r.v))
	if len(uses["proof"]) != 2 || uses["proof"][0].Step != 2 || uses["proof"][1].Snippet != "outer" {
		t.Errorf("%+v", uses)
	}
	wantSays(t, "in use", r.d.DeleteSnippet(ctx, r.boss, proof.ID), sales.Conflict, "step 2 of “Fleet ops, autumn”", "the snippet outer")
	proof.Name = "evidence"
	_, err = save(proof)
	wantSays(t, "renamed in use", err, sales.Conflict, "keeps its name", "step 2")
	proof.Name, proof.Body = "PROOF", "Another text."
	must[sales.Snippet](t)(save(proof)) // other letters are the same name
	proof.Body = "{{ snippet.outer }}"
	_, err = save(proof)
	wantCode(t, "in a circle", err, sales.Invalid)

	// A text that a step can no longer be read with is refused, and says where.
	deep := must[sales.Snippet](t)(save(sales.Snippet{Name: "deep", Body: "{{ snippet.outer }}"}))
	r.says(0, "Hello {{ snippet.deep }}")
	must[sales.Snippet](t)(save(sales.Snippet{Name: "inner", Body: "x"}))
	proof.Body = "{{ snippet.inner }}"
	_, err = save(proof)
	wantSays(t, "too deep for what uses it", err, sales.Conflict, "3 deep")

	wantCode(t, "a seller deletes", r.d.DeleteSnippet(ctx, r.v, outer.ID), sales.Forbidden)
	r.says(0, "Hello")
	r.says(1, "Hello")
	for _, x := range []sales.Snippet{deep, outer, proof} {
		if err := r.d.DeleteSnippet(ctx, r.boss, x.ID); err != nil {
			t.Error(x.Name, err)
		}
	}
	wantCode(t, "twice", r.d.DeleteSnippet(ctx, r.boss, proof.ID), sales.NotFound)
}

func TestFiles(t *testing.T) {
	r := newRoom(t, 0)
	ctx := t.Context()
	up := func(name string, data string) (sales.File, error) {
		return r.d.UploadFile(ctx, r.v, sales.File{Name: name, MediaType: "application/pdf", Data: []byte(data)})
	}
	f := must[sales.File](t)(up("../../secret/Prices \u202efdp.pdf", "%PDF-1.7"))
	if f.Name != "Prices fdp.pdf" || f.MediaType != "application/pdf" || f.Size != 8 || f.UserID != r.Seller.ID || f.Data != nil {
		t.Errorf("%+v", f)
	}
	if again := must[sales.File](t)(up("Prices fdp.pdf", "%PDF-1.7")); again.ID != f.ID {
		t.Error("the same file is kept twice")
	}
	odd := must[sales.File](t)(r.d.UploadFile(ctx, r.v, sales.File{Name: "a.txt", MediaType: "text/html\r\nX-Evil: 1", Data: []byte("MZ is how this text begins")}))
	if odd.MediaType != "application/octet-stream" {
		t.Errorf("%q", odd.MediaType)
	}
	zip := "PK\x03\x04 \x00data PK\x01\x02" + strings.Repeat("\x00", 24) + "\x0a\x00" + strings.Repeat("\x00", 16) + "folder/x.y"
	for name, data := range map[string]string{
		"setup.exe": "x", "SETUP.EXE": "x", "invoice.pdf.js": "x", "image.iso": "x", "invoice.pdf": "MZ\x90\x00\x03", "run": "#!/bin/sh\n", "lib.pdf": "\x7fELF\x02", "empty.pdf": "",
		"docs.zip": strings.Replace(zip, "folder/x.y", "folder/x.y"[:6]+".EXE", 1), "run.pdf ": "\xcf\xfa\xed\xfe",
	} {
		_, err := up(name, data)
		wantCode(t, name, err, sales.Invalid)
	}
	must[sales.File](t)(up("docs.zip", zip))
	_, err := r.d.UploadFile(ctx, r.v, sales.File{Name: "big.pdf", Data: bytes.Repeat([]byte("a"), desk.MaxFile+1)})
	wantSays(t, "too large", err, sales.Limited, "larger than 10 MB")
	_, err = r.d.UploadFile(ctx, sales.Viewer{}, sales.File{Name: "x", Data: []byte("x")})
	wantCode(t, "nobody", err, sales.Unauthorized)

	r.says(1, "See the attachment.", f.ID)
	wantSays(t, "attached", r.d.DeleteFile(ctx, r.v, f.ID), sales.Conflict, "step 2 of “Fleet ops, autumn”")
	if uses := must[map[sales.ID][]desk.TextUse](t)(r.d.FileUses(ctx, r.v)); len(uses) != 1 || len(uses[f.ID]) != 1 {
		t.Errorf("%+v", uses)
	}
	r.says(1, "Nothing attached.")
	other := sales.Viewer{WorkspaceID: r.Workspace.ID, UserID: r.NewID(), Role: sales.RoleSeller}
	wantCode(t, "another seller", r.d.DeleteFile(ctx, other, f.ID), sales.Forbidden)
	if err := r.d.DeleteFile(ctx, r.boss, f.ID); err != nil {
		t.Error(err)
	}
	wantCode(t, "twice", r.d.DeleteFile(ctx, r.v, f.ID), sales.NotFound)
	if err := r.d.DeleteFile(ctx, r.v, odd.ID); err != nil {
		t.Error(err)
	}
}
