package dev.pawl.leak;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A registry outside the module that keeps the objects it is given. */
public final class ForeignRegistry {

    public static final List<Object> KEPT = new CopyOnWriteArrayList<>();

    private ForeignRegistry() {}
}
