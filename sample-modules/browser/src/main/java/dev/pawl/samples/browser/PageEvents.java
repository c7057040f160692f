package dev.pawl.samples.browser;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The events of the page that a browser shows. Selenium's connection does not tell which page an event is of, but a browser has one page at a
 * time, whose main frame has the id of the page.
 */
final class PageEvents {

    private final DevTools devTools;
    private final String mainFrame;
    private final AtomicLong started = new AtomicLong();
    private final AtomicLong stopped = new AtomicLong();
    private volatile boolean crashed;

    private PageEvents(DevTools devTools, String mainFrame) {
        this.devTools = devTools;
        this.mainFrame = mainFrame;
    }

    /** Listens, instead of those who listened before. */
    static PageEvents listen(DevTools devTools, String session, String mainFrame) {
        PageEvents events = new PageEvents(devTools, mainFrame);
        devTools.forgetListeners();
        devTools.on("Page.frameStartedLoading", (number, event) -> events.note(events.started, number, event));
        devTools.on("Page.frameStoppedLoading", (number, event) -> events.note(events.stopped, number, event));
        devTools.on("Inspector.targetCrashed", (number, event) -> events.crashed = true);
        devTools.on("Page.javascriptDialogOpening", (number, event) -> events.dismiss(session, event));
        return events;
    }

    private void note(AtomicLong latest, long number, Map<String, Object> event) {
        if (mainFrame.equals(event.get("frameId"))) {
            latest.accumulateAndGet(number, Math::max);
        }
    }

    /** A dialog would hold up the page for ever: it is answered with "cancel", except for the question whether to leave the page. */
    private void dismiss(String session, Map<String, Object> event) {
        devTools.tell(
                session, "Page.handleJavaScriptDialog", Map.of("accept", "beforeunload".equals(event.get("type"))));
    }

    /** Whether the main frame is being loaded. */
    boolean isLoading() {
        return started.get() > stopped.get();
    }

    boolean hasCrashed() {
        return crashed;
    }

    void forget() {
        devTools.forgetListeners();
    }
}
