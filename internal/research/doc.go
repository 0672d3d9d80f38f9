// Package research reads what an account says about itself in public: a few pages
// of its own web site, who carries its mail, and news feeds that the workspace
// chose. It gives facts with the address that each was read from; it stores
// nothing and knows no person.
//
// What always holds:
//   - a connection goes to a public address on port 80 or 443 only, looked at when
//     the name has become an address, so no redirect, no change of a name and no
//     form of an address reaches one's own network;
//   - robots.txt is obeyed (RFC 9309), one host is asked one thing at a time with a
//     pause between, at most maxPages pages, each bounded in bytes and time;
//   - nothing of a page is run, no other host is followed, and what a page says is
//     text: valid UTF-8, without control characters, cut.
package research
