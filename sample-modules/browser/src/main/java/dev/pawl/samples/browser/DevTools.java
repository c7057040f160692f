package dev.pawl.samples.browser;

import java.lang.reflect.Field;
import java.lang.reflect.Type;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.devtools.Command;
import org.openqa.selenium.devtools.Connection;
import org.openqa.selenium.devtools.Event;
import org.openqa.selenium.devtools.idealized.target.model.SessionID;
import org.openqa.selenium.json.Json;
import org.openqa.selenium.remote.http.ClientConfig;

/** The DevTools connection to one browser. Safe for many threads. */
final class DevTools implements AutoCloseable {

    private static final Type OBJECT = Json.MAP_TYPE;
    private static final Json JSON = new Json();

    private final Connection connection;
    private final CompletableFuture<Void> gone = new CompletableFuture<>();

    /**
     * Connects.
     *
     * @param address of the browser, {@code ws://127.0.0.1:…/devtools/browser/…}
     * @throws WebDriverException when it does not answer
     */
    DevTools(java.net.http.HttpClient client, URI address) {
        connection = new Connection(
                new DevToolsSocket(client, () -> gone.complete(null)),
                address.toString(),
                ClientConfig.defaultConfig());
    }

    /**
     * Lets the threads of Selenium's connections end a second after their last work. They have a minute otherwise, in which they would keep
     * the classes of a version of this module that was replaced.
     */
    static void letThreadsEndSoon() {
        try {
            Field executor = Connection.class.getDeclaredField("EXECUTOR");
            executor.setAccessible(true);
            if (executor.get(null) instanceof ThreadPoolExecutor pool) {
                pool.setKeepAliveTime(1, TimeUnit.SECONDS);
            }
        } catch (ReflectiveOperationException | RuntimeException otherVersion) {
            // then they end after their minute
        }
    }

    /**
     * Sends a command.
     *
     * @param session of a page; null for the browser itself
     * @return its result; fails with a {@link WebDriverException} when the browser refuses the command
     */
    CompletableFuture<Map<String, Object>> send(
            @Nullable String session, String method, Map<String, Object> parameters) {
        if (isGone()) {
            return CompletableFuture.failedFuture(new WebDriverException("The browser is gone."));
        }
        try {
            return connection.send(
                    session == null ? null : new SessionID(session), new Command<>(method, parameters, OBJECT));
        } catch (WebDriverException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Sends a command whose result nobody needs. */
    @SuppressWarnings("FutureReturnValueIgnored")
    void tell(@Nullable String session, String method, Map<String, Object> parameters) {
        send(session, method, parameters);
    }

    /** Calls back with each event of that name and its number, which increases; the calls come on several threads and in any order. */
    void on(String event, BiConsumer<Long, Map<String, Object>> action) {
        connection.addListener(
                new Event<>(event, input -> Objects.requireNonNull(input.<Map<String, Object>>read(OBJECT))), action);
    }

    /** Ends all calls of {@link #on}. */
    void forgetListeners() {
        connection.clearListeners();
    }

    /** Whether the browser has closed the connection, as when it has died. */
    boolean isGone() {
        return gone.isDone();
    }

    /** A value as JSON. */
    static String json(@Nullable Object value) {
        return JSON.toJson(value);
    }

    @Override
    public void close() {
        gone.complete(null);
        connection.close();
    }
}
