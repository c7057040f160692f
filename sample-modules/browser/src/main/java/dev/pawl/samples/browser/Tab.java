package dev.pawl.samples.browser;

import dev.pawl.api.module.TaskContext;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The page of a task, with the browser that shows it and the gate that it goes through. */
final class Tab implements AutoCloseable {

    private final BrowserPool pool;
    private final Browser browser;
    private final Gate gate;
    private final Page page;

    private Tab(BrowserPool pool, Browser browser, Gate gate, Page page) {
        this.pool = pool;
        this.browser = browser;
        this.gate = gate;
        this.page = page;
    }

    /** Opens a page in a browser of the pool, once one is free. */
    static Tab open(BrowserPool pool, TaskContext task, Reach reach, Viewport viewport, StepTime time)
            throws StepException, BrowserGoneException, InterruptedException {
        Browser browser = pool.take(time);
        Gate gate = null;
        Tab tab = null;
        try {
            gate = new Gate(
                    reach.hosts(),
                    reach.upstream(),
                    pool.threads(),
                    reason -> task.warning("A connection was refused: " + reason + "."));
            tab = new Tab(pool, browser, gate, Page.open(browser, gate, viewport, time));
            return tab;
        } catch (IOException e) {
            throw new StepException("no port can be opened for the page: " + e);
        } finally {
            if (tab == null) {
                if (gate != null) {
                    gate.close();
                }
                pool.discard(browser);
            }
        }
    }

    Page page() {
        return page;
    }

    Gate gate() {
        return gate;
    }

    /** Removes the page. Its browser is used again when it still answers. */
    @Override
    public void close() {
        boolean isClean = page.discard();
        gate.close();
        if (isClean) {
            pool.give(browser);
        } else {
            pool.discard(browser);
        }
    }

    /**
     * The hosts that a task may reach, and the way there.
     *
     * @param upstream the proxy to go through; null for none
     */
    record Reach(AllowedHosts hosts, @Nullable Upstream upstream) {}
}
