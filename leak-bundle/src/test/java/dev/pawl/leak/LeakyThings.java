package dev.pawl.leak;

import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.management.ObjectName;

/** The kinds of objects that a module should not leave behind. */
public final class LeakyThings {

    private static final ThreadLocal<Own> LOCAL = new ThreadLocal<>();

    private LeakyThings() {}

    /** An object of the leaky class loader. */
    public static final class Own implements OwnMBean {}

    /** The management interface of {@link Own}. */
    public interface OwnMBean {}

    public static Consumer<ExecutorService> nothing() {
        return pool -> {};
    }

    public static Consumer<ExecutorService> thread() {
        return pool -> {
            Thread thread = new Thread(LeakyThings::waitForever, "leaky thread");
            thread.setDaemon(true);
            thread.start();
        };
    }

    public static Consumer<ExecutorService> threadLocal() {
        return pool -> {
            await(pool, () -> LOCAL.set(new Own()));
        };
    }

    public static Consumer<ExecutorService> shutdownHook() {
        return pool -> {
            Thread hook = new Thread(() -> {}, "leaky hook");
            hook.setContextClassLoader(null);
            Runtime.getRuntime().addShutdownHook(hook);
        };
    }

    public static Consumer<ExecutorService> driver() {
        return pool -> {
            try {
                DriverManager.registerDriver(new OwnDriver());
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        };
    }

    public static Consumer<ExecutorService> handler() {
        return pool -> Logger.getLogger("").addHandler(new OwnHandler());
    }

    public static Consumer<ExecutorService> bean() {
        return pool -> {
            try {
                ManagementFactory.getPlatformMBeanServer().registerMBean(new Own(), new ObjectName("leaky:type=Own"));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        };
    }

    public static Consumer<ExecutorService> foreignStatic() {
        return pool -> ForeignRegistry.KEPT.add(new Own());
    }

    private static void await(ExecutorService pool, Runnable work) {
        try {
            pool.submit(work).get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void waitForever() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A JDBC driver that accepts no URL. */
    public static final class OwnDriver implements Driver {
        @Override
        public Connection connect(String url, Properties info) {
            return null;
        }

        @Override
        public boolean acceptsURL(String url) {
            return false;
        }

        @Override
        public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
            return new DriverPropertyInfo[0];
        }

        @Override
        public int getMajorVersion() {
            return 1;
        }

        @Override
        public int getMinorVersion() {
            return 0;
        }

        @Override
        public boolean jdbcCompliant() {
            return false;
        }

        @Override
        public Logger getParentLogger() {
            return Logger.getGlobal();
        }
    }

    /** A log handler that discards everything. */
    public static final class OwnHandler extends Handler {
        @Override
        public void publish(LogRecord message) {}

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
