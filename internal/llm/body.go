package llm

import (
	"bytes"
	"encoding/json"
)

// Chat is one question with the shape of its answer.
type Chat struct {
	System string
	User   string
	Name   string          // of the shape: letters, digits and _
	Schema json.RawMessage // JSON Schema of the answer
}

// maxAnswerTokens lets models that think aloud come to their answer.
const maxAnswerTokens = 1500

type message struct {
	Role    string `json:"role"`
	Content string `json:"content"`
}

type request struct {
	Model          string    `json:"model"`
	Messages       []message `json:"messages"`
	Temperature    *float64  `json:"temperature,omitempty"`
	MaxTokens      int       `json:"max_tokens,omitempty"`
	ResponseFormat any       `json:"response_format,omitempty"`
}

// Body is the body of the request, exactly as it is sent. A plain one has nothing
// but the model and the messages, for servers that refuse the rest.
func Body(model string, c Chat, plain bool) []byte {
	r := request{Model: model, Messages: []message{{"system", c.System}, {"user", c.User}}}
	if !plain {
		r.Temperature, r.MaxTokens = new(float64), maxAnswerTokens
		r.ResponseFormat = map[string]any{
			"type": "json_schema", "json_schema": map[string]any{"name": c.Name, "strict": true, "schema": c.Schema},
		}
	}
	var b bytes.Buffer
	w := json.NewEncoder(&b)
	w.SetEscapeHTML(false)
	w.SetIndent("", "  ")
	if err := w.Encode(r); err != nil {
		return nil // a schema that is no JSON, see TestBody
	}
	return bytes.TrimSpace(b.Bytes())
}
