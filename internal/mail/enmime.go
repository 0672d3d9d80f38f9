package mail

import (
	"bytes"
	"strings"

	"github.com/jhillyerd/enmime/v2"
)

// enmime reads a mail that go-message refused. enmime has no bound of its own
// on parts, so a mail with very many of them is not given to it.
func (c *collector) enmime(raw []byte) (content, error) {
	if len(raw) > 8<<20 || bytes.Count(raw, []byte("boundary=")) > 2*MaxDepth || bytes.Count(raw, []byte("\n--")) > 2*MaxParts {
		return content{}, errRefused
	}
	root, err := enmime.NewParser(enmime.DisableCharacterDetection(true), enmime.SkipMalformedParts(true)).ReadParts(bytes.NewReader(raw))
	if err != nil || root == nil {
		return content{}, errRefused
	}
	return c.enmimePart(root, 0), nil
}

func (c *collector) enmimePart(p *enmime.Part, depth int) content {
	if depth > MaxDepth || c.parts > MaxParts {
		c.cut("parts are nested more than %d deep or more than %d, the rest was left out", MaxDepth, MaxParts)
		return content{}
	}
	if p.FirstChild != nil {
		var out content
		for child := p.FirstChild; child != nil; child = child.NextSibling {
			out = join(p.ContentType, out, c.enmimePart(child, depth+1))
		}
		return out
	}
	c.parts++
	if strings.HasPrefix(p.ContentType, "multipart/") { // its parts were not found
		return content{plain: c.keep(guessUTF8(p.Content))}
	}
	kind := p.ContentType
	if kind == "" {
		kind = "text/plain"
	}
	var h Header
	for name, values := range p.Header {
		for _, v := range values {
			h.fields = append(h.fields, field{name, cleanText([]byte(v))})
		}
	}
	// enmime gives text as UTF-8 already.
	params := map[string]string{"charset": "utf-8", "name": p.FileName, "method": p.ContentTypeParams["method"], "format": p.ContentTypeParams["format"], "delsp": p.ContentTypeParams["delsp"]}
	return c.leaf(part{kind: kind, params: params, header: h, body: p.Content}, depth)
}
