package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"ninetyten/internal/web/gallery"
)

// takeShots writes NAME-WIDTH-THEME.png for each sample into dir.
func takeShots(base string, samples []gallery.Sample, dir, chromium string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium), chromedp.NoSandbox, chromedp.Flag("disable-gpu", true),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("hide-scrollbars", true))
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
	defer cancel()
	ctx, stop := chromedp.NewExecAllocator(ctx, options...)
	defer stop()
	ctx, closeTab := chromedp.NewContext(ctx)
	defer closeTab()
	for _, sample := range samples {
		for _, size := range [][2]int64{{1440, 900}, {390, 844}} {
			for _, theme := range []string{"light", "dark"} {
				file := filepath.Join(dir, fmt.Sprintf("%s-%d-%s.png", sample.Name, size[0], theme))
				if err := shot(ctx, base+"/gallery/"+sample.Name, sample.Press, size[0], size[1], theme, file); err != nil {
					return fmt.Errorf("%s: %w", file, err)
				}
			}
		}
	}
	return nil
}

// shot opens address as tall as the page is and writes a PNG.
func shot(ctx context.Context, address, press string, width, height int64, theme, file string) error {
	colours := chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: theme}, {Name: "prefers-reduced-motion", Value: "reduce"}}})
		return err
	})
	if err := chromedp.Do(ctx, colours, chromedp.EmulateViewport(width, height), chromedp.Navigate(address)); err != nil {
		return err
	}
	tall, err := chromedp.Run(ctx, chromedp.Evaluate[float64](`document.documentElement.scrollHeight`))
	if err != nil {
		return err
	}
	wide, err := chromedp.Run(ctx, chromedp.Evaluate[float64](`document.documentElement.scrollWidth`))
	if err != nil {
		return err
	}
	if int64(wide) > width {
		fmt.Printf("%s: %0.f pixels wide in a window of %d\n", file, wide, width)
	}
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, max(height, min(int64(tall), 4000)))); err != nil {
		return err
	}
	if press != "" {
		script := fmt.Sprintf(`[...document.querySelectorAll(%q)].find((el) => el.getClientRects().length)?.click(), true`, press)
		if _, err := chromedp.Run(ctx, chromedp.Evaluate[bool](script)); err != nil {
			return err
		}
	}
	png, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		return err
	}
	return os.WriteFile(file, png, 0o644)
}
