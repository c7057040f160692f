package dev.pawl.store.postgres;

import static dev.pawl.store.postgres.TwoStores.await;
import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Task;
import dev.pawl.service.store.NewJob;
import dev.pawl.store.postgres.engine.Connections;
import dev.pawl.store.postgres.engine.Database;
import dev.pawl.store.postgres.engine.Session;
import dev.pawl.store.postgres.engine.StoreClock;
import dev.pawl.store.postgres.job.LogCap;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A server whose connections take LISTEN and deliver nothing, as those of a pooler in transaction mode. */
@ExtendWith(TestDatabase.class)
class DeafListenerTest {

    private static final Duration WAIT = Duration.ofSeconds(15);

    private static final class DeafConnections implements Connections {

        private final Database real = new Database(TestDatabase.address(), WAIT);

        @Override
        public String place() {
            return real.place();
        }

        @Override
        public Session writer() throws SQLException {
            return real.writer();
        }

        @Override
        public Session reader() throws SQLException {
            return real.reader();
        }

        @Override
        public Session listener() throws SQLException {
            Connection connection = DriverManager.getConnection(
                    TestDatabase.address().url(),
                    TestDatabase.address().user(),
                    TestDatabase.address().password());
            return new Session(deaf(Connection.class, connection));
        }

        /** Lets all calls through but those that begin to listen. */
        private static <T> T deaf(Class<T> type, T real) {
            return type.cast(
                    Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                        if (method.getName().equals("execute")
                                && String.valueOf(arguments[0]).startsWith("LISTEN")) {
                            return false;
                        }
                        try {
                            Object result = method.invoke(real, arguments);
                            return method.getName().equals("createStatement")
                                    ? deaf(Statement.class, (Statement) result)
                                    : result;
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    }));
        }

        @Override
        public void close() {
            real.close();
        }
    }

    @Test
    void changesAreLookedForAndItSaysSo() throws SQLException {
        TestDatabase.empty();
        PostgresStore other = TestDatabase.store();
        PostgresStore deaf = PostgresStore.open(new DeafConnections(), StoreClock.ofDatabase(), LogCap.DEFAULT, WAIT);
        try {
            List<UUID> told = new CopyOnWriteArrayList<>();
            deaf.observe(changes -> changes.forEach(change -> told.add(change.id())));
            eventually("it says so", () -> deaf.newsTrouble().isPresent());
            String why = deaf.newsTrouble().orElseThrow();
            assertTrue(why.contains("pooler in transaction mode"), why);
            for (int n = 0; n < 3; n++) {
                UUID id = UUID.randomUUID();
                JobRequest request =
                        JobRequest.builder(List.of(new Task("m", Map.of()))).build();
                await(other.add(List.of(new NewJob(id, request, Instant.EPOCH))));
                eventually("the change is told", () -> told.contains(id));
            }
            assertEquals(3, told.size());
            assertTrue(other.newsTrouble().isEmpty());
        } finally {
            deaf.close();
            other.close();
        }
    }
}
