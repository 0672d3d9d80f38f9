// The whole script of the product. It adds speed and keys to pages that work
// without it; it never evaluates text as code, so the policy "script-src 'self'" holds.
import "../../vendor/htmx/htmx.js";
import "../../vendor/htmx/hx-sse.js";
import { startKeys } from "./keys.js";
import { startPalette } from "./palette.js";
import { startPanels } from "./panels.js";
import { startToasts } from "./toasts.js";
import { startTheme } from "./theme.js";
import { startLive } from "./live.js";
import { startForms } from "./forms.js";
import { startClocks } from "./clocks.js";
import { startBoard } from "./board.js";
import { startDrafts } from "./drafts.js";
import { startTimer } from "./timer.js";
import { startVerdicts } from "./verdicts.js";
import { startTime } from "./time.js";
import { startFocus } from "./focus.js";
import { startFiles } from "./files.js";

startTheme();
startToasts();
startPanels();
startPalette();
startKeys();
startForms();
startDrafts();
startFiles();
startClocks();
startBoard();
startTimer();
startVerdicts();
startTime();
startFocus();
startLive();
