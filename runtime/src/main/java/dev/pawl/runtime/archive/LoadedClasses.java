package dev.pawl.runtime.archive;

import java.lang.reflect.Method;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleWiring;

/**
 * The classes that bundles have loaded. The JVM archives a class of theirs only when it is linked, which it leaves undone for classes that
 * were needed only to verify others.
 */
public final class LoadedClasses {

    private static final String SUFFIX = ".class";

    private LoadedClasses() {}

    /** Links them; returns how many methods they declare. */
    public static int link(BundleContext context) throws ReflectiveOperationException {
        Method find = ClassLoader.class.getDeclaredMethod("findLoadedClass", String.class);
        find.setAccessible(true);
        int methods = 0;
        for (Bundle bundle : context.getBundles()) {
            BundleWiring wiring = bundle.adapt(BundleWiring.class);
            ClassLoader loader = wiring == null || bundle.getBundleId() == 0 ? null : wiring.getClassLoader();
            if (loader == null) {
                continue;
            }
            for (String name : names(bundle)) {
                if (find.invoke(loader, name) instanceof Class<?> loaded) {
                    methods += methods(loaded);
                }
            }
        }
        return methods;
    }

    private static List<String> names(Bundle bundle) {
        @Nullable Enumeration<URL> entries = bundle.findEntries("/", "*" + SUFFIX, true);
        return entries == null
                ? List.of()
                : Collections.list(entries).stream()
                        .map(URL::getPath)
                        .map(path -> path.substring(1, path.length() - SUFFIX.length())
                                .replace('/', '.'))
                        .toList();
    }

    /** Asking for its methods links a class. */
    private static int methods(Class<?> loaded) {
        try {
            return loaded.getDeclaredMethods().length;
        } catch (LinkageError optional) { // a class that it needs is not there
            return 0;
        }
    }
}
