package dev.pawl.leak;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.ResponseCache;
import java.security.Security;
import java.sql.Driver;
import java.sql.DriverManager;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Objects;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.management.InstanceNotFoundException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Finds entries that a module left in the registries of the JVM. */
final class Registries {

    Stream<String> holding(Owned owned) {
        return Stream.of(drivers(owned), beans(owned), handlers(owned), providers(owned), defaults(owned))
                .flatMap(found -> found);
    }

    /**
     * The drivers of the loader, asked for on behalf of one of its classes, since the manager shows a caller only drivers that it can
     * see.
     */
    private static Stream<String> drivers(Owned owned) {
        return owned.anyClass().stream().flatMap(type -> {
            try {
                MethodHandle asked = MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                        .findStatic(DriverManager.class, "getDrivers", MethodType.methodType(Enumeration.class));
                @SuppressWarnings("unchecked") // as the method declares it
                Enumeration<Driver> drivers = (Enumeration<Driver>) asked.invoke();
                return Collections.list(drivers).stream()
                        .filter(owned::isOf)
                        .map(driver -> "java.sql.DriverManager holds its JDBC driver "
                                + driver.getClass().getName() + "; deregister it when the bundle stops.");
            } catch (Throwable e) { // an invocation may throw anything; then the heap may still tell
                return Stream.empty();
            }
        });
    }

    private static Stream<String> beans(Owned owned) {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        return server.queryNames(null, null).stream()
                .filter(name -> isOf(owned, server, name))
                .map(name -> "The MBean server holds its MBean " + name + "; unregister it when the bundle stops.");
    }

    private static boolean isOf(Owned owned, MBeanServer server, ObjectName name) {
        try {
            return owned.is(server.getClassLoaderFor(name));
        } catch (InstanceNotFoundException e) {
            return false; // it has gone meanwhile
        }
    }

    private static Stream<String> handlers(Owned owned) {
        LogManager manager = LogManager.getLogManager();
        return Collections.list(manager.getLoggerNames()).stream()
                .map(manager::getLogger)
                .filter(Objects::nonNull)
                .flatMap((Logger logger) -> Arrays.stream(logger.getHandlers())
                        .filter(owned::isOf)
                        .map(handler ->
                                "The logger \"" + logger.getName() + "\" of java.util.logging holds its handler "
                                        + handler.getClass().getName() + "; remove it when the bundle stops."));
    }

    private static Stream<String> providers(Owned owned) {
        return Arrays.stream(Security.getProviders())
                .filter(owned::isOf)
                .map(provider -> "java.security.Security holds its provider " + provider.getName()
                        + "; remove it when the bundle stops.");
    }

    private static Stream<String> defaults(Owned owned) {
        Stream<Object> set = Stream.of(
                        Thread.getDefaultUncaughtExceptionHandler(),
                        ProxySelector.getDefault(),
                        Authenticator.getDefault(),
                        CookieHandler.getDefault(),
                        ResponseCache.getDefault())
                .filter(Objects::nonNull);
        return Stream.concat(set, System.getProperties().values().stream())
                .filter(owned::isOf)
                .map(object -> "A default of the whole JVM is its object of class "
                        + object.getClass().getName() + "; put the former one back when the bundle stops.");
    }
}
