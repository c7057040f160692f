package dev.pawl.store.sqlite.engine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Real connections that note the statements that the writer runs. */
public final class CountingConnections implements Connections {

    private final Database database;
    private final List<String> statements = new CopyOnWriteArrayList<>();

    public CountingConnections(Path file) {
        database = new Database(file);
    }

    @Override
    public Path file() {
        return database.file();
    }

    @Override
    public Session writer() throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        return new Session((Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    Object answer = call(connection, method, arguments);
                    return answer instanceof PreparedStatement statement
                            ? noting(statement, (String) arguments[0])
                            : answer;
                }));
    }

    @Override
    public Session reader() throws SQLException {
        return database.reader();
    }

    /** The statements since the last call, with the number of times that each ran. */
    public Map<String, Integer> statements() {
        Map<String, Integer> times = new TreeMap<>();
        statements.forEach(sql -> times.merge(sql, 1, Integer::sum));
        statements.clear();
        return times;
    }

    private PreparedStatement noting(PreparedStatement statement, String sql) {
        return (PreparedStatement) Proxy.newProxyInstance(
                PreparedStatement.class.getClassLoader(),
                new Class<?>[] {PreparedStatement.class},
                (proxy, method, arguments) -> {
                    if (method.getName().startsWith("execute")) {
                        statements.add(sql);
                    }
                    return call(statement, method, arguments);
                });
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
