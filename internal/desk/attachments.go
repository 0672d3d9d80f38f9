package desk

import (
	"bytes"
	"context"
	"encoding/binary"
	"mime"
	"path"
	"slices"
	"strings"
	"time"

	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// The bounds of the files of a workspace.
const (
	// MaxFile is how many bytes a file has at most: as many as a mail carries.
	MaxFile  = mail.MaxAttached
	maxFiles = 1000
	maxBytes = 1 << 30 // all files together
	// MaxCarried is how many files one mail carries at most.
	MaxCarried = 10
	looseFor   = 24 * time.Hour // how long a private file stays that nothing carries
)

// UploadFile keeps a file that mails may carry; the same file under the same name
// is kept once. f.MediaType is what it seems to be. Programs, and archives with
// programs in them, are refused, as the servers of most recipients do. A Limited
// error means that it is too large, or one too many.
func (d *Desk) UploadFile(ctx context.Context, v sales.Viewer, f sales.File) (sales.File, error) {
	if err := need(v, sales.RoleSeller, "upload files"); err != nil {
		return f, err
	}
	f.WorkspaceID, f.UserID, f.Name = v.WorkspaceID, v.UserID, mail.SafeName(f.Name)
	switch {
	case len(f.Data) == 0:
		return f, sales.Errorf(sales.Invalid, "The file “%s” is empty.", f.Name)
	case len(f.Data) > MaxFile:
		return f, sales.Errorf(sales.Limited, "“%s” is larger than %d MB, which is what a mail can carry. Make it smaller, or send a link to it.", f.Name, MaxFile>>20)
	}
	if why := refused(f.Name, f.Data); why != "" {
		return f, sales.Errorf(sales.Invalid, "“%s” %s. Mail servers refuse such mails, and may stop trusting the mailbox. Send a link instead.", f.Name, why)
	}
	if kind, _, err := mime.ParseMediaType(f.MediaType); err != nil || len(f.MediaType) > 200 || strings.Count(kind, "/") != 1 {
		f.MediaType = "application/octet-stream"
	}
	kept := f
	err := d.inTx(ctx, func(tx *store.Tx) error {
		if err := tx.DropLooseFiles(ctx, v.WorkspaceID, d.now().Add(-looseFor)); err != nil {
			return err
		}
		n, size, err := tx.FileSums(ctx, v.WorkspaceID)
		if err != nil {
			return err
		}
		if n >= maxFiles || size+int64(len(f.Data)) > maxBytes {
			return sales.Errorf(sales.Limited, "The workspace has %d files with %d MB together, and keeps no more. Delete some that no step uses.", n, size>>20)
		}
		x := f
		x.ID, x.CreatedAt = tx.NewID(), d.now()
		kept, err = tx.KeepFile(ctx, x)
		return err
	})
	return kept, err
}

// carried checks the files of a mail: they are there, the viewer may use them, and
// a mail can carry them together.
func (d *Desk) carried(ctx context.Context, v sales.Viewer, ids []sales.ID) ([]sales.ID, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	known, err := d.Store.Files(ctx, v.WorkspaceID, ids)
	if err != nil {
		return nil, err
	}
	var out []sales.ID
	var size int64
	for _, id := range ids {
		f, there := known[id]
		if !there || f.Private && f.UserID != v.UserID {
			return nil, sales.Errorf(sales.Invalid, "A file of this mail is not there any more. Take it out, and attach it again.")
		}
		if !slices.Contains(out, id) {
			out, size = append(out, id), size+f.Size
		}
	}
	if len(out) > MaxCarried || size > MaxFile {
		return nil, sales.Errorf(sales.Limited, "A mail carries at most %d files with %d MB together. Take one out, or send a link to it.", MaxCarried, MaxFile>>20)
	}
	return out, nil
}

// DeleteFile removes a file. One that a step attaches is refused with a Conflict
// error that says which. Sellers delete what they uploaded, managers all.
func (d *Desk) DeleteFile(ctx context.Context, v sales.Viewer, id sales.ID) error {
	if err := need(v, sales.RoleSeller, "delete files"); err != nil {
		return err
	}
	list, err := d.Store.Files(ctx, v.WorkspaceID, []sales.ID{id})
	if err != nil {
		return err
	}
	f, ok := list[id]
	if !ok {
		return sales.Errorf(sales.NotFound, "This file is not there any more.")
	}
	if f.UserID != v.UserID {
		if err := need(v, sales.RoleManager, "delete a file that somebody else uploaded"); err != nil {
			return err
		}
	}
	return d.inTx(ctx, func(tx *store.Tx) error {
		texts, err := tx.StepTexts(ctx, v.WorkspaceID, id.String())
		if err != nil {
			return err
		}
		if uses := attachedIn(texts)[id]; len(uses) > 0 {
			return sales.Errorf(sales.Conflict, "“%s” is attached to %s. Take it out there first.", f.Name, listOf(uses))
		}
		return tx.DeleteFile(ctx, v.WorkspaceID, id)
	})
}

// FileUses says which steps attach each file.
func (d *Desk) FileUses(ctx context.Context, v sales.Viewer) (map[sales.ID][]TextUse, error) {
	if err := need(v, sales.RoleSeller, "see files"); err != nil {
		return nil, err
	}
	texts, err := d.Store.StepTexts(ctx, v.WorkspaceID, `"attachments"`)
	return attachedIn(texts), err
}

func attachedIn(texts []store.StepText) map[sales.ID][]TextUse {
	out := map[sales.ID][]TextUse{}
	for _, t := range texts {
		for _, id := range t.Options.Attachments {
			out[id] = append(out[id], TextUse{SequenceID: t.SequenceID, Sequence: t.Sequence, Step: t.Position + 1})
		}
	}
	return out
}

// refused says why a file is a program, or may hide one; "" is none.
func refused(name string, data []byte) string {
	if ext := strings.ToLower(path.Ext(name)); program(ext) {
		return "is a program (" + ext + ")"
	}
	for _, magic := range []string{"\x7fELF", "\xfe\xed\xfa\xce", "\xfe\xed\xfa\xcf", "\xce\xfa\xed\xfe", "\xcf\xfa\xed\xfe", "\xca\xfe\xba\xbe", "dex\n", "!<arch>\n", "L\x00\x00\x00\x01\x14\x02\x00", "#!"} {
		if bytes.HasPrefix(data, []byte(magic)) {
			return "is a program, whatever its name says"
		}
	}
	if bytes.HasPrefix(data, []byte("MZ")) && bytes.IndexByte(data[:min(len(data), 64)], 0) > 0 {
		return "is a program, whatever its name says" // and no text that begins with these letters
	}
	if bytes.HasPrefix(data, []byte("PK")) {
		for _, inside := range zipNames(data) {
			if ext := strings.ToLower(path.Ext(inside)); program(ext) {
				return "has a program (" + ext + ") in it"
			}
		}
	}
	return ""
}

// program tells whether files with this extension run when they are opened: the
// list of what Gmail blocks (support.google.com/mail/answer/6590).
func program(ext string) bool {
	return slices.Contains([]string{
		".ade", ".adp", ".apk", ".appx", ".appxbundle", ".bat", ".cab", ".chm", ".cmd", ".com", ".cpl", ".diagcab", ".diagcfg", ".diagpkg", ".dll", ".dmg", ".ex", ".ex_", ".exe",
		".hta", ".img", ".ins", ".iso", ".isp", ".jar", ".jnlp", ".js", ".jse", ".lib", ".lnk", ".mde", ".mjs", ".msc", ".msi", ".msix", ".msixbundle", ".msp", ".mst", ".nsh", ".pif",
		".ps1", ".scr", ".sct", ".shb", ".sys", ".vb", ".vbe", ".vbs", ".vhd", ".vxd", ".wsc", ".wsf", ".wsh", ".xll",
	}, ext)
}

// zipNames are the names in the central directory of a ZIP archive (APPNOTE
// 6.3.10 section 4.3.12), found by their mark, so that no damage hides one.
func zipNames(data []byte) (names []string) {
	const head = 46
	for at := 0; ; at++ {
		i := bytes.Index(data[at:], []byte("PK\x01\x02"))
		if i < 0 || at+i+head > len(data) {
			return names
		}
		at += i
		n := int(binary.LittleEndian.Uint16(data[at+28:]))
		if at+head+n <= len(data) {
			names = append(names, string(data[at+head:at+head+n]))
		}
	}
}
