package dev.pawl.leak;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What belongs to a class loader.
 *
 * @param loader it
 * @param names the names of the classes that its bundle holds
 */
record Owned(ClassLoader loader, Set<String> names) {

    /** Whether the other is the loader, or one that was made on top of it. */
    boolean is(@Nullable ClassLoader other) {
        for (ClassLoader one = other; one != null; one = one.getParent()) {
            if (one == loader) {
                return true;
            }
        }
        return false;
    }

    /** Whether the object's class is the loader's. */
    boolean isOf(@Nullable Object object) {
        return object != null && is(object.getClass().getClassLoader());
    }

    /** One of its classes that was used. */
    Optional<Class<?>> anyClass() {
        return names.stream().flatMap(name -> used(name).stream()).findFirst();
    }

    private Optional<Class<?>> used(String name) {
        try {
            return Optional.<Class<?>>of(Class.forName(name, false, loader))
                    .filter(type -> type.getClassLoader() == loader);
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.empty(); // never used, and the bundle it would come from is gone
        }
    }
}
