package dev.pawl.leak;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A class loader and the classes of its bundle.
 *
 * @param loader the class loader
 * @param names the names of the classes that its bundle holds
 */
record Owned(ClassLoader loader, Set<String> names) {

    /** Whether the other class loader is this one, or has it among its parents. */
    boolean is(@Nullable ClassLoader other) {
        for (ClassLoader one = other; one != null; one = one.getParent()) {
            if (one == loader) {
                return true;
            }
        }
        return false;
    }

    /** Whether the class of the object is one of the loader. */
    boolean isOf(@Nullable Object object) {
        return object != null && is(object.getClass().getClassLoader());
    }

    /** A class of the loader that was used. */
    Optional<Class<?>> anyClass() {
        return names.stream().flatMap(name -> used(name).stream()).findFirst();
    }

    private Optional<Class<?>> used(String name) {
        try {
            return Optional.<Class<?>>of(Class.forName(name, false, loader))
                    .filter(type -> type.getClassLoader() == loader);
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.empty(); // never used, and its bundle is gone
        }
    }
}
