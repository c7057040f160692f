package dev.pawl.store.postgres;

import dev.pawl.store.postgres.engine.Connections;
import dev.pawl.store.postgres.engine.Database;
import dev.pawl.store.postgres.engine.PostgresAddress;
import dev.pawl.store.postgres.engine.Session;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Real connections that count what the writer sends; the lease is not counted, since it is renewed when it is time. */
final class CountingConnections implements Connections {

    private final Database real;
    private final AtomicInteger sent = new AtomicInteger();

    CountingConnections(Duration longestWait) {
        real = new Database(TestDatabase.address(), longestWait);
    }

    @Override
    public String place() {
        return real.place();
    }

    @Override
    public Session writer() throws SQLException {
        PostgresAddress address = TestDatabase.address();
        Connection connection = DriverManager.getConnection(address.url(), address.user(), address.password());
        return new Session((Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    Object made = call(connection, method, arguments);
                    return made instanceof PreparedStatement statement ? counting(statement) : made;
                }));
    }

    private PreparedStatement counting(PreparedStatement statement) {
        return (PreparedStatement) Proxy.newProxyInstance(
                PreparedStatement.class.getClassLoader(),
                new Class<?>[] {PreparedStatement.class},
                (proxy, method, arguments) -> {
                    if (method.getName().startsWith("execute")
                            && Thread.currentThread().getName().equals("pawl-store-writer")) {
                        sent.incrementAndGet();
                    }
                    return call(statement, method, arguments);
                });
    }

    /** The number of round trips of the writer since the last call. */
    int statements() {
        return sent.getAndSet(0);
    }

    @Override
    public Session reader() throws SQLException {
        return real.reader();
    }

    @Override
    public Session listener() throws SQLException {
        return real.listener();
    }

    @Override
    public void close() {
        real.close();
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
