//go:build servers

package gallery

import (
	"context"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// onNewDocument has every page of the tab run code before its own.
func onNewDocument(ctx context.Context, tab *chromedp.Target, code string) error {
	_, err := cdp.Call(ctx, tab, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: code})
	return err
}
