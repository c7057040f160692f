package dev.pawl.store.postgres;

import dev.pawl.store.postgres.engine.Connections;
import dev.pawl.store.postgres.engine.Database;
import dev.pawl.store.postgres.engine.Session;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.ds.PGSimpleDataSource;

/** Connections of which those of writers count their round trips and keep what they send. */
final class WatchedConnections implements Connections {

    private final Database real = new Database(TestDatabase.address(), Duration.ofSeconds(15));

    /** The round trips of statements with values: those of the writer, and of the lease once in a while. */
    final AtomicInteger trips = new AtomicInteger();

    /** The statements that were sent, each alone. */
    final Set<String> statements = new ConcurrentSkipListSet<>();

    @Override
    public String place() {
        return real.place();
    }

    @Override
    public Session writer() throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(TestDatabase.address().url());
        source.setUser(TestDatabase.address().user());
        source.setPassword(TestDatabase.address().password());
        source.setOptions(Database.WRITER_OPTIONS);
        return new Session(watched(Connection.class, source.getConnection()));
    }

    private <T> T watched(Class<T> type, T target) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    Object result = call(target, method, arguments);
                    if (method.getName().equals("prepareStatement")) {
                        statements.addAll(
                                Arrays.asList(String.valueOf(arguments[0]).split("; ")));
                        return watched(PreparedStatement.class, (PreparedStatement) result);
                    }
                    if (target instanceof PreparedStatement && method.getName().startsWith("execute")) {
                        trips.incrementAndGet();
                    }
                    return result;
                }));
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
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
