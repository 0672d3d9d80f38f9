// Package llm asks a language model, over any endpoint that speaks the chat
// completions of OpenAI, about replies that no rule could read. It owns the
// client, the question, and the test of the answer. It knows no database, no
// page, and of the nouns only the intents.
//
// What always holds:
//   - what leaves is the body that Body gives, byte for byte: a page can show it;
//   - of a reply only what Outgoing gives leaves: its new text, without addresses,
//     links and numbers;
//   - the key is written into one header of one request, and nowhere else: it is
//     no part of an error, a log line or a page;
//   - redirects are not followed, both directions have a limit of bytes, and every
//     request has a limit of time;
//   - an answer counts only when Read takes it: an intent of the closed list, with
//     words that stand in the text that was sent.
//
// The address is that which the owner of the workspace typed. It may be a machine
// of their own network, or the one that the program runs on; addresses that are
// handed out by a network itself (link-local, such as the metadata service of a
// cloud) are refused, also when a name leads there.
package llm
