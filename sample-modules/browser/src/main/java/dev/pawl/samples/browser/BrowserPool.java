package dev.pawl.samples.browser;

import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running browsers of this module. A task takes one, and has it for itself until it gives it back. Browsers that are too old, used up or
 * dead are replaced, and those that nobody has used for a while end. Safe for many threads.
 */
public final class BrowserPool implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BrowserPool.class);
    private static final long LONGEST_CLOSE_S = 3;

    private final InstantSource clock;
    private final PoolThreads threads = new PoolThreads();
    private @Nullable HttpClient client;
    private final Sessions sessions = new Sessions();
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Browser> idle = new ArrayDeque<>();
    private final Set<Browser> all = new HashSet<>();
    private final Deque<Object> waiting = new ArrayDeque<>();
    private int starting;
    private Chromium program;
    private Limits limits;
    private boolean closed;

    BrowserPool(Chromium program, Limits limits, InstantSource clock) {
        this.program = program;
        this.limits = limits;
        this.clock = clock;
        client = HttpClient.newBuilder()
                .proxy(HttpClient.Builder.NO_PROXY)
                .executor(threads.executor())
                .build();
        DevTools.letThreadsEndSoon();
        threads.executor().execute(Profiles::removeLeftovers);
    }

    /** Changes the program and the limits; browsers that do not fit any more end when their task gives them back. */
    void configure(Chromium newProgram, Limits newLimits) {
        lock.lock();
        try {
            program = newProgram;
            limits = newLimits;
        } finally {
            lock.unlock();
        }
    }

    PoolThreads threads() {
        return threads;
    }

    Sessions sessions() {
        return sessions;
    }

    /**
     * Takes a browser, in turn: one that rests, or a new one when there may be one more; waits otherwise.
     *
     * @throws StepException when no browser is free in time, or none can be started
     */
    Browser take(StepTime time) throws StepException, InterruptedException {
        Object ticket = new Object();
        lock.lock();
        try {
            waiting.addLast(ticket);
        } finally {
            lock.unlock();
        }
        try {
            Browser browser = next(ticket);
            while (browser == null) {
                if (mayStart(ticket)) {
                    return start(time);
                }
                time.pause("no browser was free: all " + limits.browsers()
                        + " of the setting browser_pool_size are in use");
                browser = next(ticket);
            }
            return browser;
        } finally {
            lock.lock();
            try {
                waiting.remove(ticket);
            } finally {
                lock.unlock();
            }
        }
    }

    private @Nullable Browser next(Object ticket) throws StepException {
        lock.lock();
        try {
            if (closed) {
                throw new StepException("the module browser is being stopped");
            }
            while (waiting.peekFirst() == ticket && !idle.isEmpty()) {
                Browser browser = idle.removeLast(); // the one used last, so that others can end
                if (browser.isUsable() && browser.isFresh(program, limits, clock.instant())) {
                    browser.use(clock.instant());
                    return browser;
                }
                end(browser);
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private boolean mayStart(Object ticket) {
        lock.lock();
        try {
            if (waiting.peekFirst() != ticket || all.size() + starting >= limits.browsers()) {
                return false;
            }
            starting++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // of a start that nobody waits for any more
    private Browser start(StepTime time) throws StepException, InterruptedException {
        CompletableFuture<Browser> start = CompletableFuture.supplyAsync(this::started, threads.executor());
        try {
            Browser browser = time.await(start, () -> false);
            browser.use(clock.instant());
            return browser;
        } catch (StepException e) {
            throw new StepException("Chromium could not be started: " + e.getMessage());
        } catch (BrowserGoneException never) {
            throw new IllegalStateException(never);
        } finally {
            if (!start.isDone()) { // the task ends, and the browser comes later
                start.whenComplete((browser, failure) -> {
                    if (browser != null) {
                        give(browser);
                    }
                });
            }
        }
    }

    private Browser started() {
        Browser browser = null;
        try {
            browser = startNow();
            return browser;
        } catch (IOException e) {
            throw new CompletionException(e);
        } finally {
            lock.lock();
            try {
                starting--;
                if (browser != null) {
                    all.add(browser);
                    if (closed) {
                        end(browser);
                    }
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private Browser startNow() throws IOException {
        Chromium current;
        HttpClient currentClient;
        lock.lock();
        try {
            current = program;
            currentClient = client;
        } finally {
            lock.unlock();
        }
        if (currentClient == null) {
            throw new IOException("the module is being stopped");
        }
        return Browser.start(current, currentClient, clock.instant());
    }

    /** Takes a browser back. One that does not answer, or has done its part, ends. */
    void give(Browser browser) {
        lock.lock();
        try {
            browser.rest(clock.instant());
            if (!closed && browser.isUsable() && browser.isFresh(program, limits, clock.instant())) {
                idle.addLast(browser);
            } else {
                end(browser);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends a browser instead of giving it back. */
    void discard(Browser browser) {
        lock.lock();
        try {
            end(browser);
        } finally {
            lock.unlock();
        }
    }

    /** Called with the lock. */
    private void end(Browser browser) {
        if (all.remove(browser)) {
            idle.remove(browser);
            threads.executor().execute(browser::close);
        }
    }

    /** Ends browsers that have died, or that nobody has used for a while; called now and then. */
    void tidy() {
        lock.lock();
        try {
            Instant now = clock.instant();
            for (Browser browser : List.copyOf(idle)) {
                if (!browser.isUsable()
                        || browser.isIdleSince(now.minus(limits.idle()))
                        || !browser.isFresh(program, limits, now)) {
                    end(browser);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** The process ids of all browsers. */
    List<Long> processes() {
        lock.lock();
        try {
            return all.stream().map(Browser::pid).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Ends all browsers, also those in use. */
    @Override
    public void close() {
        List<Browser> left;
        lock.lock();
        try {
            closed = true;
            client = null; // its thread ends when nobody refers to it any more
            left = new ArrayList<>(all);
            all.clear();
            idle.clear();
        } finally {
            lock.unlock();
        }
        CompletableFuture<?>[] ends =
                left.stream().map(browser -> threads.run(browser::close)).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(ends).get(LONGEST_CLOSE_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the watchers of process-kit end what is left
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("Not all browsers ended within {} s.", LONGEST_CLOSE_S, e);
        }
        threads.close();
    }
}
