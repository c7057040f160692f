package dev.pawl.store.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.access.Actor;
import dev.pawl.service.access.Door;
import dev.pawl.service.audit.AuditReport;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Task;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.store.NewJob;
import dev.pawl.store.postgres.engine.Connections;
import dev.pawl.store.postgres.engine.Database;
import dev.pawl.store.postgres.engine.Session;
import dev.pawl.store.postgres.engine.StoreClock;
import dev.pawl.store.postgres.job.LogCap;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections that break while a group is committed. */
@ExtendWith(TestDatabase.class)
class LostAnswerTest {

    private static final Duration WAIT = Duration.ofSeconds(15);

    /** The moment at which the connection breaks. */
    enum Break {
        BEFORE_THE_COMMIT,
        AFTER_THE_COMMIT
    }

    private static final class BreakingConnections implements Connections {

        private final Database real = new Database(TestDatabase.address(), WAIT);
        private final AtomicReference<Break> next = new AtomicReference<>();
        private volatile Runnable meanwhile = () -> {};

        @Override
        public String place() {
            return real.place();
        }

        @Override
        public Session writer() throws SQLException {
            Connection connection = DriverManager.getConnection(
                    TestDatabase.address().url(),
                    TestDatabase.address().user(),
                    TestDatabase.address().password());
            return new Session(proxy(Connection.class, (method, arguments) -> {
                Object made = call(connection, method, arguments);
                return made instanceof PreparedStatement statement
                                && String.valueOf(arguments[0]).endsWith("COMMIT")
                        ? breaking(connection, statement)
                        : made;
            }));
        }

        private PreparedStatement breaking(Connection connection, PreparedStatement statement) {
            return proxy(PreparedStatement.class, (method, arguments) -> {
                Break wanted = method.getName().equals("execute") ? next.getAndSet(null) : null;
                if (wanted == Break.BEFORE_THE_COMMIT) {
                    connection.abort(Runnable::run);
                }
                Object result = call(statement, method, arguments);
                if (wanted == Break.AFTER_THE_COMMIT) {
                    connection.abort(Runnable::run);
                    meanwhile.run();
                    throw new SQLException("The answer is lost.", "08006");
                }
                return result;
            });
        }

        @Override
        public Session listener() throws SQLException {
            return real.listener();
        }

        @Override
        public Session reader() throws SQLException {
            return real.reader();
        }

        @Override
        public void close() {
            real.close();
        }
    }

    private interface Call {
        Object answer(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> call.answer(method, arguments)));
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static NewJob job() {
        return new NewJob(
                UUID.randomUUID(),
                JobRequest.builder(List.of(new Task("m", Map.of()))).build(),
                Instant.EPOCH,
                holder -> {},
                null,
                new AuditedChange(Actor.inside(Door.HTTP), "job.start", "", Instant.EPOCH));
    }

    @Test
    void aGroupOfAServerThatWasAwayUntilItsRowsWereFoldedIsNotMadeAgain() throws Exception {
        TestDatabase.empty();
        BreakingConnections connections = new BreakingConnections();
        PostgresStore store = PostgresStore.open(connections, StoreClock.ofDatabase(), LogCap.DEFAULT, WAIT);
        try {
            store.add(List.of(job())).toCompletableFuture().get(30, TimeUnit.SECONDS);
            connections.meanwhile = () -> {
                try {
                    TestDatabase.run("UPDATE commits SET owner = 0, n = n + 1000");
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            };
            connections.next.set(Break.AFTER_THE_COMMIT);
            assertEquals(ProblemCode.STORE_UNCONFIRMED, TwoStores.refusal(store.add(List.of(job()))));
            store.add(List.of(job())).toCompletableFuture().get(30, TimeUnit.SECONDS);
            assertEquals(3, store.counts().get(JobStatus.PENDING));
        } finally {
            store.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Break.class)
    void aGroupWhoseAnswerIsLostIsMadeOnce(Break when) throws Exception {
        TestDatabase.empty();
        BreakingConnections connections = new BreakingConnections();
        PostgresStore store = PostgresStore.open(connections, StoreClock.ofDatabase(), LogCap.DEFAULT, WAIT);
        try {
            store.add(List.of(job())).toCompletableFuture().get(30, TimeUnit.SECONDS);
            connections.next.set(when);
            store.add(List.of(job())).toCompletableFuture().get(30, TimeUnit.SECONDS);
            store.add(List.of(job())).toCompletableFuture().get(30, TimeUnit.SECONDS);
            assertEquals(null, connections.next.get(), "the connection did not break");
            assertEquals(3, store.counts().get(JobStatus.PENDING));
            assertEquals(3, store.pending(10).size());
            AuditReport audit = new PostgresAudit(store).verify(null);
            assertEquals(3, audit.entries());
            assertTrue(audit.isSound(), audit.defect());
        } finally {
            store.close();
        }
    }
}
